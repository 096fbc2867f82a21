import type { ReactNode } from 'react';

/** Exact words of a server or a file. They may be wider than the card: the keyboard can scroll them. */
export function RawText( { label, children }: { label: string; children: ReactNode } ) {
	return (
		<pre role="region" aria-label={ label } tabIndex={ 0 } className="email-gateway-raw">
			{ children }
		</pre>
	);
}
