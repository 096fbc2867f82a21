import { sql } from 'kysely';
import type { Account } from './accounts.ts';
import type { Db } from './tables.ts';

interface UsingServer {
	account: string;
	serverId: number;
	host: string;
	/** Of the account. */
	version: number;
}

// bigint comes as text
const numbered = < Row extends { serverId: number } >( rows: readonly Row[] ): Row[] =>
	rows.map( ( row ) => ( { ...row, serverId: Number( row.serverId ) } ) );

/** One row for each server and account, by host: what is installed, else what is submitted. */
export async function serversUsing( db: Db, siteId: string ): Promise< UsingServer[] > {
	const { rows } = await sql< UsingServer >`
		select distinct on (s.host, s.server_id, v.account) v.account, s.server_id::int8 as server_id,
			coalesce(s.host, '') as host, v.account_version as version
		from servers s join settings v on v.site_id = s.site_id and v.server_id = s.server_id
			and v.version in (s.installed_version, s.submitted_version)
		where s.site_id = ${ siteId } and v.account is not null
		order by s.host, s.server_id, v.account, (v.version = s.installed_version) desc nulls last
	`.execute( db );
	return numbered( rows );
}

/** The routes that are installed, with the saved accounts that they have. */
export async function routesUsing( db: Db, siteId: string ): Promise< ( UsingServer & { user: string } )[] > {
	const { rows } = await sql< UsingServer & { user: string } >`
		select r.account, s.server_id, coalesce(s.host, '') as host, r.account_version as version, r."user"
		from route_accounts r join servers s on s.id = r.server
		where s.site_id = ${ siteId } order by s.host, s.server_id, r."user"
	`.execute( db );
	return numbered( rows );
}

const isLive = sql`j.state in ('queued', 'running')`;

/** On how many servers a job that waits or runs gives a route this account. */
export async function serversAboutToUse( db: Db, { id, siteId }: Account ): Promise< number > {
	const { rows } = await sql< { servers: number } >`
		select count(distinct j.server_id)::integer as servers from jobs j
		where j.site_id = ${ siteId } and j.verb = 'set_route' and ${ isLive } and j.request->'account'->>'id' = ${ id }
	`.execute( db );
	return rows[ 0 ]?.servers ?? 0;
}

/** What of a server has older values of an account. */
export interface Behind {
	serverId: number;
	host: string;
	/** The gateway's own settings. */
	settings: boolean;
	/** Any of its routes. */
	routes: boolean;
}

/** Servers on which older values of an account are installed, and which were not asked to take the present ones yet. */
export async function serversBehind( db: Db, { id, siteId, version }: Account ): Promise< Behind[] > {
	const { rows } = await sql< Behind >`
		select server_id, max(host) as host, bool_or(settings) as settings, bool_or(routes) as routes from (
			select s.server_id, coalesce(s.host, '') as host, true as settings, false as routes from servers s
			join settings v on v.site_id = s.site_id and v.server_id = s.server_id and v.version = s.installed_version
			where s.site_id = ${ siteId } and v.account = ${ id } and v.account_version < ${ version }
			and not exists (
				select 1 from settings w where w.site_id = s.site_id and w.server_id = s.server_id
				and w.version = s.submitted_version and w.account = ${ id } and w.account_version >= ${ version }
				and exists (
					select 1 from jobs j where j.site_id = s.site_id and j.server_id = s.server_id
					and j.verb = 'install_gateway' and ${ isLive }
				)
			)
			union all
			select s.server_id, coalesce(s.host, ''), false, true from servers s
			join route_accounts r on r.server = s.id
			where s.site_id = ${ siteId } and r.account = ${ id } and r.account_version < ${ version }
			and not exists (
				select 1 from jobs j where j.site_id = s.site_id and j.server_id = s.server_id
				and j.verb = 'update_routes' and ${ isLive } and j.request->'account'->>'id' = ${ id }
				and (j.request->'account'->>'version')::integer >= ${ version }
			)
		) as behind
		group by server_id order by host, server_id
	`.execute( db );
	return numbered( rows );
}
