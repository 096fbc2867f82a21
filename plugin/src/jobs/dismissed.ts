const keyOf = ( serverId: number ) => `email-gateway dismissed ${ serverId }`;

/** The job of a server whose end the person has read and put away in this browser; null for none. */
export function readDismissed( serverId: number ): string | null {
	try {
		return window.localStorage.getItem( keyOf( serverId ) );
	} catch {
		return null;
	}
}

export function keepDismissed( serverId: number, jobId: string | null ): void {
	try {
		window.localStorage.setItem( keyOf( serverId ), jobId ?? '' );
	} catch {
		// Storage full or forbidden: it is told again at the next visit.
	}
}
