import { mostSideDoors, type ClosedDoor, type SideDoor } from '@email-gateway/shared';
import { closedDoorsOn } from '../db/closed-doors.ts';
import type { SecretStore } from '../db/secrets.ts';
import { sitesOn } from '../db/server-sites.ts';
import type { Server } from '../db/servers.ts';
import { sideDoorsOn } from '../db/side-doors.ts';
import type { Db } from '../db/tables.ts';
import type { Caller } from '../servers/caller.ts';
import { auditSince } from '../servers/ownership.ts';

/** Who was seen to connect to mail servers past the gateway. */
export async function sideDoorsFor( db: Db, caller: Caller, server: Server ): Promise< SideDoor[] > {
	const seen = await sideDoorsOn( db, server, caller.now );
	return seen.slice( 0, mostSideDoors ).map( ( { uid, user, address, port, looks, firstAt, lastAt } ) => ( {
		...{ uid: Number( uid ), user, address, port, looks },
		...{ firstAt: firstAt.toISOString(), lastAt: lastAt.toISOString() },
	} ) );
}

/** Whose side doors are closed. What was counted before the server was the caller’s is not told. */
export async function closedDoorsFor(
	{ db, secrets }: { db: Db; secrets: SecretStore },
	caller: Caller,
	server: Server
): Promise< ClosedDoor[] > {
	// what we did not write is not shown, and stops an install
	const doors = await closedDoorsOn( { db, secrets }, server ).catch( () => [] );
	const counts = caller.may( 'see_mail_log' ) ? ( await sitesOn( db, server ) ).refusedDoors ?? [] : [];
	const since = auditSince( server, caller );
	const isOthers = ( at: Date ) => since !== null && at < since;
	return doors.map( ( { uid, user, at, by } ) => {
		const count = counts.find( ( one ) => one.uid === uid );
		const from = count && new Date( count.since * 1000 );
		return {
			...{ uid, user, at },
			by: isOthers( new Date( at ) ) && by !== caller.actor.login ? null : by,
			refused: from && ! isOthers( from ) ? { times: count.refused, since: from.toISOString() } : null,
		};
	} );
}
