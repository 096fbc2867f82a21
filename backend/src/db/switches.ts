import { sql } from 'kysely';
import type { ServerRef } from './servers.ts';
import type { Db } from './tables.ts';

/** What the backend did of itself with the backup of a server, or of a route, within the last day. */
export interface Switches {
	/** When it switched over. */
	switched: Date[];
	/** When a try, to switch over or back, did not end well. */
	failed: Date[];
}

/** Jobs that change the account of the server itself, or of the route of a Unix user. */
const jobsOf = ( uid: number | null ) =>
	uid === null ? sql`verb = 'install_gateway'` : sql`verb = 'set_route' and (request->>'uid')::bigint = ${ uid }`;

/** As the jobs tell: nobody asked for those by login. */
export async function switchesOf(
	db: Db,
	{ siteId, serverId }: ServerRef,
	uid: number | null = null
): Promise< Switches > {
	const { rows } = await sql< { state: string; to: string; at: Date } >`
		select state, request #>> '{backup,to}' as "to", finished_at as at from jobs
		where site_id = ${ siteId } and server_id = ${ serverId } and ${ jobsOf( uid ) }
		and request ? 'backup' and asked_by->>'login' = '' and finished_at > now() - interval '1 day'
		order by finished_at
	`.execute( db );
	const of = ( isMeant: ( row: { state: string; to: string } ) => boolean ) =>
		rows.filter( isMeant ).map( ( { at } ) => at );
	return {
		switched: of( ( { state, to } ) => state === 'succeeded' && to === 'backup' ),
		failed: of( ( { state } ) => state !== 'succeeded' ),
	};
}

/**
 * Tries of the last 15 minutes, at all servers of a site and their routes, at which the provider of an account did not let a
 * server in.
 */
export async function failedWith(
	db: Db,
	{ siteId, account }: { siteId: string; account: string }
): Promise< number > {
	const { rows } = await sql< { failed: number } >`
		select count(*)::integer as failed from jobs j
		left join settings v on j.verb = 'install_gateway' and v.site_id = j.site_id and v.server_id = j.server_id
			and v.version = (j.request->>'version')::integer
		where j.site_id = ${ siteId } and j.verb in ('install_gateway', 'set_route') and j.state = 'failed'
		and j.request ? 'backup' and j.error->>'code' like 'provider\\_%'
		and coalesce(v.account::text, j.request #>> '{account,id}') = ${ account }
		and j.finished_at > now() - interval '15 minutes'
	`.execute( db );
	return rows[ 0 ]?.failed ?? 0;
}
