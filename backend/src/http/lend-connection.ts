import type { App } from '../app.ts';
import { serverOf } from '../db/servers.ts';
import { lendFor } from '../db/watches.ts';
import { keepForLooks, leadsTo } from '../jobs/supplied-connection.ts';
import type { Caller, Params } from './mount.ts';

/** WordPress lends again every five minutes; one time may fall out. */
const lentSeconds = 11 * 60;

/**
 * Keeps how to reach a server that another plugin keeps for a short time, for looks alone. `until` is null, and nothing
 * is kept, where there is no gateway to look at or where it leads elsewhere than what was trusted.
 */
export async function lendConnection(
	app: App,
	{ site, serverId, connection }: Caller & Params
): Promise< { until: string | null } > {
	return app.db.transaction().execute( async ( tx ) => {
		const server = await serverOf( tx, app.vault, { siteId: site.id, serverId } );
		if ( ! server || ! connection || server.sign_in !== 'supplied' || ! leadsTo( connection, server ) ) {
			return { until: null };
		}
		const until = await lendFor( tx, server.id, lentSeconds );
		if ( until ) {
			await keepForLooks( app.secrets, tx, server, connection );
		}
		return { until: until?.toISOString() ?? null };
	} );
}
