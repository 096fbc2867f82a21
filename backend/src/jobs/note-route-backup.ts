import type { App } from '../app.ts';
import { keepIncident, keyOf } from '../db/incidents.ts';
import { ofRoute } from '../db/route-on-backup.ts';
import type { KeptRoute, RouteOnBackup } from '../db/routes.ts';
import type { Server } from '../db/servers.ts';
import type { Db } from '../db/tables.ts';
import { acceptedBy } from '../ledger/by-provider.ts';
import { toldOf } from './note-backup.ts';

/** That mail of a Unix user leaves by a backup is told; routes whose first account is the same are told together. */
export function openRouteIncident(
	{ vault }: Pick< App, 'vault' >,
	tx: Db,
	{ server, route, onBackup }: { server: Server; route: KeptRoute; onBackup: RouteOnBackup }
): Promise< void > {
	const { smtpServer: host, userName } = onBackup.first;
	const { kind, subject } = ofRoute( route.uid );
	return keepIncident( tx, {
		...{ siteId: server.siteId, server: server.id, kind, subject, trouble: kind },
		seenAt: new Date( onBackup.since ),
		key: keyOf( vault, { of: 'account', host, userName: `${ userName } ${ kind } of routes` } ),
		detail: { ...toldOf( onBackup ), user: route.user },
	} );
}

/** How many recipients' messages of a route its backup's provider has accepted; null: not known, or it does not send by it. */
export const byRouteBackup = async (
	db: Db,
	{ id: server }: Pick< Server, 'id' >,
	{ uid, smtpServer: host, onBackup }: KeptRoute
): Promise< number | null > =>
	onBackup ? acceptedBy( db, { server, host }, new Date( onBackup.since ), { uid } ) : null;
