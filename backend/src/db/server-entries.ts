import type { EntriesRequest } from '@email-gateway/shared';
import { sql } from 'kysely';
import type { Tx } from './tables.ts';

/**
 * Keeps what WordPress says of its servers in a range of ids; what is there and was not named is gone. How many entries
 * it changed: none where all was known, so that it may be told again and again.
 */
export async function keepEntries(
	tx: Tx,
	siteId: string,
	{ firstId, lastId, servers }: EntriesRequest
): Promise< number > {
	// a title with what the database cannot hold would keep all others of its piece from being known
	const writable = servers.map( ( { name, ...server } ) => ( {
		...server,
		name: name.toWellFormed().replaceAll( /\p{Cc}/gu, ' ' ),
	} ) );
	const named = sql`jsonb_to_recordset(${ JSON.stringify(
		writable
	) }::jsonb) as named("serverId" bigint, name text, owner bigint)`;
	const { rows } = await sql< { changed: string } >`
		with named as (select * from ${ named } where "serverId" >= ${ firstId } and (${ lastId }::bigint is null or "serverId" <= ${ lastId })),
		gone as (
			delete from server_entries e where site_id = ${ siteId } and server_id >= ${ firstId }
			and (${ lastId }::bigint is null or server_id <= ${ lastId })
			and not exists (select 1 from named where "serverId" = e.server_id)
			returning 1
		), kept as (
			insert into server_entries as e (site_id, server_id, name, owner)
			select distinct on ("serverId") ${ siteId }::uuid, "serverId", name, owner from named
			on conflict (site_id, server_id) do update set name = excluded.name, owner = excluded.owner
			where (e.name, e.owner) is distinct from (excluded.name, excluded.owner)
			returning 1
		)
		select (select count(*) from gone) + (select count(*) from kept) as changed
	`.execute( tx );
	return Number( rows[ 0 ]?.changed ?? 0 );
}
