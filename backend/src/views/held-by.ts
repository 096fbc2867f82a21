import type { HeldBy } from '@email-gateway/shared';
import { pausesOn } from '../db/pauses.ts';
import { noKeptRoutes, routesOn } from '../db/routes.ts';
import { sandboxesOf } from '../db/sandbox.ts';
import type { SecretStore } from '../db/secrets.ts';
import { sitesOn } from '../db/server-sites.ts';
import type { Server } from '../db/servers.ts';
import type { Db } from '../db/tables.ts';
import { unlistedOn } from '../ledger/unlisted-senders.ts';
import { shownUnlisted } from './route.ts';

/** Of a message that is held: its Unix user, null where none is known, and when it arrived, in seconds since the epoch. */
interface Held {
	uid: number | null;
	at: number;
}

/** What holds messages of a server, as far as the rules that are in force now tell: the log names no reason. */
export async function holdersOn(
	{ db, secrets }: { db: Db; secrets: SecretStore },
	server: Server,
	now: number
): Promise< ( of: Held ) => HeldBy > {
	const isSandboxed = ( await sandboxesOf( db, [ server.id ] ) ).has( server.id );
	const paused = new Set( ( await pausesOn( db, server ) ).map( ( { uid } ) => Number( uid ) ) );
	const { over = [] } = await sitesOn( db, server );
	const { routes, without } = await routesOn( { db, secrets }, server ).catch( () => noKeptRoutes );
	const unlisted = routes.length > 0 ? await unlistedOn( db, server.id, now ) : [];
	const isUnlisted = ( uid: number, at: number ) =>
		shownUnlisted( unlisted, uid, routes ).some( ( one ) => one.held > 0 && Date.parse( one.lastAt ) >= at * 1000 );
	return ( { uid, at } ) => {
		if ( isSandboxed ) {
			return 'sandbox';
		}
		if ( uid === null ) {
			return 'other';
		}
		if ( paused.has( uid ) ) {
			return 'pause';
		}
		if ( isUnlisted( uid, at ) ) {
			return 'sender';
		}
		if ( over.some( ( one ) => one.uid === uid && ( one.isOver || one.since <= at ) ) ) {
			return 'cap';
		}
		const isWithout = routes.length > 0 && ! routes.some( ( route ) => route.uid === uid );
		return isWithout && without === 'hold' ? 'no_route' : 'other';
	};
}
