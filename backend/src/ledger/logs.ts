import type { Selectable } from 'kysely';
import type { MailLogTable } from '../db/mail-tables.ts';
import type { Db } from '../db/tables.ts';

export type ReadLog = Selectable< MailLogTable >;

/** The logs of some servers, by the ids of their rows. */
export async function logsOf( db: Db, servers: readonly string[] ): Promise< ReadLog[] > {
	return servers.length === 0
		? []
		: db.selectFrom( 'mailLogs' ).selectAll().where( 'server', 'in', servers ).execute();
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
