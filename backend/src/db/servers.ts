import { randomUUID } from 'node:crypto';
import type { Selectable, Updateable } from 'kysely';
import type { Db, HostKey, ServerTable } from './tables.ts';

export type Server = Selectable< ServerTable >;
export interface ServerRef {
	siteId: string;
	serverId: number;
}

export function serverOf( db: Db, { siteId, serverId }: ServerRef ): Promise< Server | undefined > {
	return db
		.selectFrom( 'servers' )
		.selectAll()
		.where( 'site_id', '=', siteId )
		.where( 'server_id', '=', serverId )
		.executeTakeFirst();
}

/** The server's row, held until the transaction ends, made where there is none yet. */
export async function holdServer( tx: Db, { siteId, serverId }: ServerRef ): Promise< Server > {
	await tx
		.insertInto( 'servers' )
		.values( { id: randomUUID(), site_id: siteId, server_id: serverId } )
		.onConflict( ( conflict ) => conflict.columns( [ 'site_id', 'server_id' ] ).doNothing() )
		.execute();
	return tx
		.selectFrom( 'servers' )
		.selectAll()
		.where( 'site_id', '=', siteId )
		.where( 'server_id', '=', serverId )
		.forUpdate()
		.executeTakeFirstOrThrow();
}

export async function changeServer( db: Db, id: string, change: Updateable< ServerTable > ): Promise< void > {
	await db.updateTable( 'servers' ).set( change ).where( 'id', '=', id ).execute();
}

/** What a job learned of a server; nothing is written where somebody gave it another host meanwhile. */
export async function recordOf(
	db: Db,
	{ id, host }: Pick< Server, 'id' | 'host' >,
	change: Updateable< ServerTable >
): Promise< void > {
	await db.updateTable( 'servers' ).set( change ).where( 'id', '=', id ).where( 'host', '=', host ).execute();
}

export function serversOf( db: Db, siteId: string, serverIds: readonly number[] ): Promise< Server[] > {
	if ( ! serverIds.length ) {
		return Promise.resolve( [] );
	}
	return db
		.selectFrom( 'servers' )
		.selectAll()
		.where( 'site_id', '=', siteId )
		.where( 'server_id', 'in', serverIds )
		.execute();
}

/** A server that may be given the defaults and can be reached without more: the one that was looked at last. */
export async function serverForDefaults( db: Db, siteId: string ): Promise< Server | undefined > {
	const servers = await db
		.selectFrom( 'servers' )
		.selectAll()
		.where( 'site_id', '=', siteId )
		.where( 'host', 'is not', null )
		.where( 'may_have_defaults', '=', true )
		.where( 'sign_in', 'is not', null )
		.where( 'sign_in', '!=', 'supplied' )
		.orderBy( 'server_id' )
		.execute();
	return servers
		.filter( ( { host_key: key } ) => key?.state === 'trusted' )
		.sort( ( a, b ) => ( b.last_look?.at ?? '' ).localeCompare( a.last_look?.at ?? '' ) )[ 0 ];
}

/** Whether another plugin keeps how to reach a server: then it comes with that server's own requests only. */
export async function hasSuppliedServer( db: Db, siteId: string ): Promise< boolean > {
	const found = await db
		.selectFrom( 'servers' )
		.select( 'id' )
		.where( 'site_id', '=', siteId )
		.where( 'sign_in', '=', 'supplied' )
		.limit( 1 )
		.executeTakeFirst();
	return found !== undefined;
}

export async function countServers( db: Db, siteId: string ): Promise< number > {
	const { count } = await db
		.selectFrom( 'servers' )
		.select( ( { fn } ) => fn.countAll().as( 'count' ) )
		.where( 'site_id', '=', siteId )
		.where( 'host', 'is not', null )
		.executeTakeFirstOrThrow();
	return Number( count );
}

/** What tells servers apart, whoever manages them: the trusted host key; before it, who asks. */
export function identityOf( server: Pick< Server, 'host_key' | 'site_id' | 'server_id' > ): string {
	return server.host_key && server.host_key.state !== 'unknown'
		? `key:${ server.host_key.fingerprint }`
		: `server:${ server.site_id }:${ server.server_id }`;
}

export async function saveHostKey( db: Db, id: string, hostKey: HostKey | null ): Promise< void > {
	await changeServer( db, id, { host_key: hostKey && JSON.stringify( hostKey ) } );
}
