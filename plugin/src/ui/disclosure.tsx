import type { ReactNode } from 'react';

/** Something one click away. */
export function Disclosure( {
	summary,
	isOpen = false,
	children,
}: {
	summary: string;
	/** At first; afterwards the person opens and closes it. */
	isOpen?: boolean;
	children: ReactNode;
} ) {
	return (
		<details className="email-gateway-disclosure" open={ isOpen }>
			<summary>{ summary }</summary>
			{ children }
		</details>
	);
}
