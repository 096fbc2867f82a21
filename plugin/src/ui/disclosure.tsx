import type { ReactNode } from 'react';

/** Something one click away. */
export function Disclosure( { summary, children }: { summary: string; children: ReactNode } ) {
	return (
		<details className="email-gateway-disclosure">
			<summary>{ summary }</summary>
			{ children }
		</details>
	);
}
