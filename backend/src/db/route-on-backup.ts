import { endBackup } from './backup.ts';
import { endIncident } from './incidents.ts';
import type { KeptRoute } from './routes.ts';
import type { SecretStore } from './secrets.ts';
import type { Server } from './servers.ts';
import type { Db } from './tables.ts';

type Of = Pick< Server, 'id' | 'siteId' | 'serverId' >;

/** The incident that mail of a Unix user leaves by a backup. */
export const ofRoute = ( uid: number ) => ( { kind: 'on_backup', subject: `route ${ uid }` } ) as const;

/** A route sends by its backup no longer. `messages`: so many left by it; null: not known. */
export const overRouteBackup = (
	db: Db,
	{ id: server, siteId }: Of,
	{ uid }: Pick< KeptRoute, 'uid' >,
	messages: number | null = null
): Promise< void > => endIncident( db, { siteId, server, ...ofRoute( uid ) }, messages );

/** A route has no backup any more. */
export async function endRouteBackup(
	{ db, secrets }: { db: Db; secrets: SecretStore },
	server: Of,
	{ uid }: Pick< KeptRoute, 'uid' >,
	messages: number | null = null
): Promise< void > {
	await overRouteBackup( db, server, { uid }, messages );
	await endBackup( { db, secrets }, server, uid );
	await db.deleteFrom( 'waitingOfRoutes' ).where( 'server', '=', server.id ).where( 'uid', '=', uid ).execute();
}
