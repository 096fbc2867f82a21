import type { ServerSummary } from '@email-gateway/shared';
import { thisPage } from '../page.ts';

export interface KnownServers {
	servers: ServerSummary[];
	/** When the backend last answered, milliseconds since the epoch. */
	atMs: number;
}

const key = () => `email-gateway list ${ thisPage().currentUserMail }`;

/** What this tab last knew of servers, for one person: a summary holds no secret. */
export function readKnown(): KnownServers | null {
	try {
		return JSON.parse( window.sessionStorage.getItem( key() ) ?? 'null' ) as KnownServers | null;
	} catch {
		return null;
	}
}

/** Keeps what was answered beside what is known of the servers on other pages of the list. */
export function keepKnown( servers: ServerSummary[], atMs: number ): void {
	const fresh = new Set( servers.map( ( { serverId } ) => serverId ) );
	const others = ( readKnown()?.servers ?? [] ).filter( ( { serverId } ) => ! fresh.has( serverId ) );
	try {
		window.sessionStorage.setItem(
			key(),
			JSON.stringify( { servers: [ ...servers, ...others ].slice( 0, 500 ), atMs } )
		);
	} catch {
		// Storage full or forbidden: then nothing is known when the backend is away.
	}
}
