import type { ServerView } from '@email-gateway/shared';
import { thisPage } from '../page.ts';

export interface KnownView {
	view: ServerView;
	/** When the backend told it, milliseconds since the epoch. */
	atMs: number;
}

const keyOf = ( serverId: number ) => `email-gateway ${ thisPage().currentUserMail } ${ serverId }`;

/**
 * The last view of a server in this tab, for the time when the backend does not answer. A view holds no secret;
 * it is kept for one person and goes with the tab.
 */
export function readLastKnown( serverId: number ): KnownView | null {
	try {
		const text = window.sessionStorage.getItem( keyOf( serverId ) );
		return text ? ( JSON.parse( text ) as KnownView ) : null;
	} catch {
		return null;
	}
}

export function keepLastKnown( serverId: number, known: KnownView ): void {
	try {
		window.sessionStorage.setItem( keyOf( serverId ), JSON.stringify( known ) );
	} catch {
		// Storage full or forbidden: then there is no last known state.
	}
}
