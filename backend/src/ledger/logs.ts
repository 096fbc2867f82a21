import { sql, type Selectable } from 'kysely';
import type { MailLogTable } from '../db/mail-tables.ts';
import type { Db } from '../db/tables.ts';

export type ReadLog = Selectable< MailLogTable >;

/** A stretch of time of which a log tells nothing. */
export interface Gap {
	log: number;
	from: Date | null;
	to: Date;
}

const mostGaps = 20;

/** The logs of some servers, by the ids of their rows. */
export async function logsOf( db: Db, servers: readonly string[] ): Promise< ReadLog[] > {
	return servers.length === 0
		? []
		: db.selectFrom( 'mailLogs' ).selectAll().where( 'server', 'in', servers ).execute();
}

/** The newest of each log first. */
export async function gapsOf( db: Db, logs: readonly number[] ): Promise< Gap[] > {
	const { rows } = await sql< Gap >`
		select g.log, g.from_at as from, g.to_at as to
		from json_array_elements_text(${ JSON.stringify( logs ) }::json) l cross join lateral (
			select * from mail_gaps where log = l::integer order by to_at desc limit ${ mostGaps }
		) g order by g.to_at desc
	`.execute( db );
	return rows;
}

/** Names of Unix users by `log uid`. */
export async function namesOf( db: Db, logs: readonly number[] ): Promise< Map< string, string > > {
	const rows =
		logs.length === 0 ? [] : await db.selectFrom( 'mailUsers' ).selectAll().where( 'log', 'in', logs ).execute();
	return new Map( rows.map( ( { log, uid, name } ) => [ `${ log } ${ uid }`, name ] ) );
}

/** The logs of all servers of a site, with the post ids of these. */
export async function logsOfSite( db: Db, siteId: string ): Promise< Map< number, number > > {
	const rows = await db
		.selectFrom( 'mailLogs' )
		.innerJoin( 'servers', 'servers.id', 'mailLogs.server' )
		.select( [ 'mailLogs.id', 'servers.serverId' ] )
		.where( 'siteId', '=', siteId )
		.execute();
	return new Map( rows.map( ( { id, serverId } ) => [ id, serverId ] ) );
}
