import type { App } from '../app.ts';
import { endIncident, keepIncident, keyOf, openAt } from '../db/incidents.ts';
import type { Server } from '../db/servers.ts';
import type { Beside, BesideTrouble } from '../watch/beside.ts';

const kinds: readonly BesideTrouble[] = [ 'disk_low', 'clock_wrong' ];

/**
 * An incident for each trouble beside that of the gateway, once two looks have seen it; it ends with the first look that
 * does not.
 * @return whether one began or ended
 */
export async function keepBeside(
	{ db, vault }: Pick< App, 'db' | 'vault' >,
	{ server, beside }: { server: Server; beside: readonly Beside[] }
): Promise< boolean > {
	const { id, siteId } = server;
	const open = ( await openAt( db, { siteId, server: id, kinds } ) ).map( ( { kind } ) => kind );
	const told = beside.filter( ( { trouble, isNew } ) => ! isNew || open.includes( trouble ) );
	for ( const { trouble, detail } of told ) {
		await keepIncident( db, {
			...{ siteId, server: id, kind: trouble, trouble, detail },
			seenAt: new Date( server.lastLook?.at ?? Date.now() ),
			key: keyOf( vault, { of: 'server', server: id, kind: trouble } ),
		} );
	}
	const ended = open.filter( ( kind ) => ! beside.some( ( { trouble } ) => trouble === kind ) );
	for ( const kind of ended ) {
		await endIncident( db, { siteId, server: id, kind } );
	}
	return ended.length > 0 || told.some( ( { trouble } ) => ! open.includes( trouble ) );
}
