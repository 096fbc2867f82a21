import type { Vault } from '../vault/vault.ts';
import { type Server, genuine } from './servers.ts';
import type { Db } from './tables.ts';

export async function serversOf(
	db: Db,
	vault: Vault,
	siteId: string,
	serverIds: readonly number[]
): Promise< Server[] > {
	if ( ! serverIds.length ) {
		return [];
	}
	const rows = await db
		.selectFrom( 'servers' )
		.selectAll()
		.where( 'siteId', '=', siteId )
		.where( 'serverId', 'in', serverIds )
		.execute();
	return rows.map( ( row ) => genuine( vault, row ) );
}

/** A server that may be given the defaults and can be reached without more: the one that was looked at last. */
export async function serverForDefaults( db: Db, vault: Vault, siteId: string ): Promise< Server | undefined > {
	const servers = await db
		.selectFrom( 'servers' )
		.selectAll()
		.where( 'siteId', '=', siteId )
		.where( 'host', 'is not', null )
		.where( 'mayHaveDefaults', '=', true )
		.where( 'signIn', 'is not', null )
		.where( 'signIn', '!=', 'supplied' )
		.orderBy( 'serverId' )
		.execute();
	return servers
		.map( ( row ) => genuine( vault, row ) )
		.filter( ( { hostKey: key } ) => key?.state === 'trusted' )
		.sort( ( a, b ) => ( b.lastLook?.at ?? '' ).localeCompare( a.lastLook?.at ?? '' ) )[ 0 ];
}

/** Whether another plugin keeps how to reach a server: then it comes with that server's own requests only. */
export async function hasSuppliedServer( db: Db, siteId: string ): Promise< boolean > {
	const found = await db
		.selectFrom( 'servers' )
		.select( 'id' )
		.where( 'siteId', '=', siteId )
		.where( 'signIn', '=', 'supplied' )
		.limit( 1 )
		.executeTakeFirst();
	return found !== undefined;
}

export async function countServers( db: Db, siteId: string ): Promise< number > {
	const { count } = await db
		.selectFrom( 'servers' )
		.select( ( { fn } ) => fn.countAll().as( 'count' ) )
		.where( 'siteId', '=', siteId )
		.where( 'host', 'is not', null )
		.executeTakeFirstOrThrow();
	return Number( count );
}
