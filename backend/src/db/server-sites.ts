import { sql } from 'kysely';
import type { Facts } from '../gateway/facts.ts';
import type { Server } from './servers.ts';
import { json, type Db, type FoundSites } from './tables.ts';

/** Keeps which sites a look found, where the server has them at the same place still; what is the same is not written. */
export async function keepSites(
	db: Db,
	{ id, host, sshPort }: Pick< Server, 'id' | 'host' | 'sshPort' >,
	{ sites, sitesLeftOut, over, refusedDoors }: Pick< Facts, 'sites' | 'sitesLeftOut' | 'over' | 'refusedDoors' >
): Promise< void > {
	const found = json< FoundSites >( { sites, leftOut: sitesLeftOut, over, refusedDoors } );
	await sql`
		insert into server_sites (server, found)
		select id, ${ found }::jsonb from servers where id = ${ id } and host = ${ host } and ssh_port = ${ sshPort }
		on conflict (server) do update set found = excluded.found where server_sites.found is distinct from excluded.found
	`.execute( db );
}

/** What the last look found; nothing where it told none, or before the first at this address. */
export async function sitesOn( db: Db, { id, lastLook }: Pick< Server, 'id' | 'lastLook' > ): Promise< FoundSites > {
	const row =
		lastLook &&
		( await db.selectFrom( 'serverSites' ).select( 'found' ).where( 'server', '=', id ).executeTakeFirst() );
	return row?.found ?? { sites: [], leftOut: false };
}
