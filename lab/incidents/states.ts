import type { GatewayState } from '@email-gateway/shared';
import type { SiteClient } from '../../backend/test-fixtures/site-client.ts';

/** What the list of servers shows, looked at all the time. */
export interface States {
	add( serverId: number ): void;
	now( serverId: number ): GatewayState | undefined;
	/** The first state since then in which something is wrong. */
	firstWrong( serverId: number, fromMs: number ): { state: GatewayState; atMs: number } | undefined;
	stop(): void;
}

export const isHealthy = ( state: GatewayState | undefined ): boolean => state === 'working' || state === 'installed';

/** A change that a person makes is no trouble. */
const isWrong = ( state: GatewayState ): boolean => ! isHealthy( state ) && state !== 'installing';

const everyMs = 2000;

export function watchStates( site: SiteClient ): States {
	const ids = new Set< number >();
	const changes = new Map< number, { state: GatewayState; atMs: number }[] >();
	const look = async () => {
		if ( ids.size === 0 ) {
			return;
		}
		const { status, body } = await site.call( 'listServers', { query: `?ids=${ [ ...ids ].join( ',' ) }` } );
		for ( const { serverId, state } of status === 200 ? body.servers : [] ) {
			const known = changes.get( serverId ) ?? [];
			if ( known.at( -1 )?.state !== state ) {
				changes.set( serverId, [ ...known, { state, atMs: Date.now() } ] );
			}
		}
	};
	// an answer that does not come is no state
	const timer = setInterval( () => void look().catch( () => {} ), everyMs );
	return {
		add: ( serverId ) => void ids.add( serverId ),
		now: ( serverId ) => changes.get( serverId )?.at( -1 )?.state,
		firstWrong: ( serverId, fromMs ) =>
			changes.get( serverId )?.find( ( { state, atMs } ) => atMs >= fromMs && isWrong( state ) ),
		stop: () => clearInterval( timer ),
	};
}
