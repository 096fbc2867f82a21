import { sql } from 'kysely';
import type { Db } from '../db/tables.ts';
import type { LogPiece } from './log-piece.ts';

/** Nobody has more Unix users that send; a server that says so must not fill the database. */
const mostUsers = 5000;

/** Writes the names of the Unix users that a log tells of. */
export async function keepUsers( tx: Db, log: number, users: LogPiece[ 'users' ] ): Promise< void > {
	const rows = users.map( ( user ) => ( { ...user, log } ) );
	await sql`
		insert into mail_users select told.* from json_populate_recordset(null::mail_users, ${ JSON.stringify(
			rows
		) }::json) told
		where (select count(*) from mail_users where log = ${ log }) < ${ mostUsers }
			or exists (select from mail_users known where known.log = told.log and known.uid = told.uid)
		on conflict (log, uid) do update set name = excluded.name
	`.execute( tx );
}
