import type { App } from '../app.ts';
import { endIncident, keepIncident, keyOf, openAt } from '../db/incidents.ts';
import { sendingUser } from '../db/pauses.ts';
import type { Server } from '../db/servers.ts';
import type { Db } from '../db/tables.ts';
import type { Facts, FoundOver } from '../gateway/facts.ts';

const kind = 'over_cap';

/**
 * Who is over the cap on a server: an incident for each, opened at once; it ends when nothing of it is held.
 * @return whether one began or ended
 */
export async function keepOverCaps(
	{ db, vault }: Pick< App, 'db' | 'vault' >,
	{ server, over }: { server: Server } & Pick< Facts, 'over' >
): Promise< boolean > {
	const open = await openAt( db, { siteId: server.siteId, server: server.id, kinds: [ kind ] } );
	const isOf =
		( subject: string ) =>
		( { uid }: FoundOver ) =>
			String( uid ) === subject;
	for ( const one of over ) {
		await keepIncident( db, {
			...{ siteId: server.siteId, server: server.id, kind, trouble: kind, subject: String( one.uid ) },
			seenAt: new Date( one.since * 1000 ),
			key: keyOf( vault, { of: 'server', server: server.id, kind: `${ kind } ${ one.uid }` } ),
			detail: await detailOf( db, server, one ),
		} );
	}
	const ended = open.filter( ( { subject } ) => ! over.some( isOf( subject ) ) );
	for ( const incident of ended ) {
		await endIncident( db, incident );
	}
	return ended.length > 0 || over.some( ( { uid } ) => ! open.some( ( { subject } ) => subject === String( uid ) ) );
}

async function detailOf( db: Db, server: Server, { uid, why, hour, day, refused, held, first }: FoundOver ) {
	const user = ( await sendingUser( db, server, uid ) )?.user ?? String( uid );
	return { user, cap: why, messages: why === 'day' ? day : hour, refused, held, first };
}
