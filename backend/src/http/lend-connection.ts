import type { App } from '../app.ts';
import { note } from '../db/audit.ts';
import { forSite } from '../db/for-site.ts';
import { serverOf } from '../db/servers.ts';
import { lendFor, watchOf } from '../db/watches.ts';
import { keepForLooks, leadsTo } from '../jobs/supplied-connection.ts';
import type { Caller, Params } from './mount.ts';

/** WordPress lends again every five minutes; one time may fall out. */
const lentSeconds = 11 * 60;

/**
 * Keeps how to reach a server that another plugin keeps for a short time, for looks alone. `until` is null, and nothing
 * is kept, where there is no gateway to look at or where it leads elsewhere than what was trusted. That it begins is noted;
 * that it goes on is not, every five minutes.
 */
export async function lendConnection(
	app: App,
	{ site, actor, serverId, connection }: Caller & Params
): Promise< { until: string | null } > {
	return forSite( app.db, site, async ( tx ) => {
		const ref = { siteId: site.id, serverId };
		const server = await serverOf( tx, app.vault, ref );
		if ( ! server || ! connection || server.signIn !== 'supplied' || ! leadsTo( connection, server ) ) {
			return { until: null };
		}
		const lentUntil = ( await watchOf( tx, server.id ) )?.lentUntil ?? null;
		const until = await lendFor( tx, server.id, lentSeconds );
		if ( until ) {
			await keepForLooks( app.secrets, tx, server, connection );
		}
		if ( until && ( lentUntil === null || lentUntil.getTime() < Date.now() ) ) {
			await note( tx, app.vault, { ...ref, actor: actor.login, action: 'connection_lent' } );
		}
		return { until: until?.toISOString() ?? null };
	} );
}
