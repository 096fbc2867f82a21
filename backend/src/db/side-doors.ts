import { sideDoorDays } from '@email-gateway/shared';
import { sql } from 'kysely';
import type { Facts } from '../gateway/facts.ts';
import { addressName } from '../gateway/listening.ts';
import type { Server } from './servers.ts';
import type { Db, SideDoorTable } from './tables.ts';
import type { Selectable } from 'kysely';

export type SideDoor = Selectable< SideDoorTable >;

/** Of one server; those that were seen last. */
const mostOfServer = 200;

/** Adds what a look saw, where the server is at the same place still. */
export async function keepSideDoors(
	db: Db,
	{ id, host, sshPort }: Pick< Server, 'id' | 'host' | 'sshPort' >,
	{ sideDoors }: Pick< Facts, 'sideDoors' >
): Promise< void > {
	if ( sideDoors.length === 0 ) {
		return;
	}
	const rows = sideDoors.map(
		( { uid, user, address, port } ) =>
			sql`(${ uid }::bigint, ${ user }::text, ${ addressName( address ) }::text, ${ port }::integer)`
	);
	await sql`
		insert into side_doors (server, uid, "user", address, port, looks, first_at, last_at)
		select id, seen.*, 1, now(), now() from servers, (values ${ sql.join( rows ) }) as seen
		where id = ${ id } and host = ${ host } and ssh_port = ${ sshPort }
		on conflict (server, uid, address, port) do update set
			"user" = excluded."user", last_at = excluded.last_at, looks = least(side_doors.looks + 1, 1000000)
	`.execute( db );
	await sql`
		delete from side_doors where server = ${ id } and (uid, address, port) in (
			select uid, address, port from side_doors where server = ${ id } order by last_at desc, uid, address, port offset ${ mostOfServer }
		)
	`.execute( db );
}

/** Of the last 30 days, newest first. */
export const sideDoorsOn = ( db: Db, { id }: Pick< Server, 'id' >, now: number ): Promise< SideDoor[] > =>
	db
		.selectFrom( 'sideDoors' )
		.selectAll()
		.where( 'server', '=', id )
		.where( 'lastAt', '>', new Date( now - sideDoorDays * 86_400_000 ) )
		.orderBy( 'lastAt', 'desc' )
		.orderBy( 'uid' )
		.orderBy( 'address' )
		.orderBy( 'port' )
		.execute();
