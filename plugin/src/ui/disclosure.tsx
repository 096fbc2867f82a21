import type { ReactNode } from 'react';

/** Something one click away. */
export function Disclosure( {
	summary,
	isOpen = false,
	onToggle,
	children,
}: {
	summary: string;
	/** At first; afterwards the person opens and closes it. */
	isOpen?: boolean;
	onToggle?: ( isOpen: boolean ) => void;
	children: ReactNode;
} ) {
	return (
		<details
			className="email-gateway-disclosure"
			open={ isOpen }
			onToggle={ ( { currentTarget } ) => onToggle?.( currentTarget.open ) }
		>
			<summary>{ summary }</summary>
			{ children }
		</details>
	);
}
