import { randomUUID } from 'node:crypto';
import type { Selectable, Updateable } from 'kysely';
import type { Vault } from '../vault/vault.ts';
import { isGenuineServer, serverMac, type GuardedServer } from './genuine.ts';
import { pinOf } from './places.ts';
import type { Db, ServerTable } from './tables.ts';

type Row = Selectable< ServerTable >;
export interface Server extends Row {
	/** Somebody else than us wrote the connection: none of it is used. */
	tampered?: true;
}
export interface ServerRef {
	siteId: string;
	serverId: number;
}

export async function serverOf( db: Db, vault: Vault, { siteId, serverId }: ServerRef ): Promise< Server | undefined > {
	const row = await db
		.selectFrom( 'servers' )
		.selectAll()
		.where( 'site_id', '=', siteId )
		.where( 'server_id', '=', serverId )
		.executeTakeFirst();
	return row && genuine( vault, row );
}

/** A server by the id of its row. */
export async function serverById( db: Db, vault: Vault, id: string ): Promise< Server | undefined > {
	const row = await db.selectFrom( 'servers' ).selectAll().where( 'id', '=', id ).executeTakeFirst();
	return row && genuine( vault, row );
}

/** The server's row, held until the transaction ends, made where there is none yet. */
export async function holdServer( tx: Db, vault: Vault, { siteId, serverId }: ServerRef ): Promise< Server > {
	await tx
		.insertInto( 'servers' )
		.values( { id: randomUUID(), site_id: siteId, server_id: serverId } )
		.onConflict( ( conflict ) => conflict.columns( [ 'site_id', 'server_id' ] ).doNothing() )
		.execute();
	const row = await tx
		.selectFrom( 'servers' )
		.selectAll()
		.where( 'site_id', '=', siteId )
		.where( 'server_id', '=', serverId )
		.forUpdate()
		.executeTakeFirstOrThrow();
	return genuine( vault, row );
}

const noConnection = {
	...{ host: null, ssh_port: null, ssh_user: null, sign_in: null, host_key: null, managed_public_key: null },
	...{ set_by_administrator: false, may_have_defaults: false },
};

/** A row that we did not write is one of a server that was never connected. */
function genuine( vault: Vault, row: Row ): Server {
	return isGenuineServer( vault, row ) ? row : { ...row, ...noConnection, tampered: true };
}

type Guarded = keyof Omit< GuardedServer, 'id' | 'site_id' | 'server_id' >;

/** Changes what decides where secrets go and who may be given them, with the proof that it was us. */
export async function changeConnection(
	db: Db,
	vault: Vault,
	server: Server,
	change: Partial< Pick< Server, Guarded > >
): Promise< Server > {
	const { tampered: _healed, ...next } = { ...server, ...change };
	const { host, ssh_port, ssh_user, sign_in, host_key, managed_public_key, set_by_administrator, may_have_defaults } =
		next;
	const mac = serverMac( vault, next );
	await db
		.updateTable( 'servers' )
		.set( {
			...{ host, ssh_port, ssh_user, sign_in, managed_public_key, set_by_administrator, may_have_defaults, mac },
			host_key: host_key && JSON.stringify( host_key ),
		} )
		.where( 'id', '=', server.id )
		.execute();
	// what was lent leads to where it led before
	await db.updateTable( 'watches' ).set( { lent_until: null } ).where( 'server', '=', server.id ).execute();
	return { ...next, mac };
}

/** Changes what decides nothing of that kind. */
export async function changeServer(
	db: Db,
	id: string,
	change: Omit< Updateable< ServerTable >, Guarded | 'mac' >
): Promise< void > {
	if ( Object.keys( change ).length ) {
		await db.updateTable( 'servers' ).set( change ).where( 'id', '=', id ).execute();
	}
}

/** Whether two are reached and signed in to in the same way. */
export function isSameConnection( one: Server, other: Server ): boolean {
	const partsOf = ( server: Server ) => [
		...[ server.id, server.host, server.ssh_port, server.ssh_user, server.sign_in, pinOf( server ) ],
	];
	return JSON.stringify( partsOf( one ) ) === JSON.stringify( partsOf( other ) );
}

/** What a job learned of a server; nothing is written where somebody gave it another address meanwhile. */
export async function recordOf(
	db: Db,
	{ id, host, ssh_port: port, ssh_user: user }: Pick< Server, 'id' | 'host' | 'ssh_port' | 'ssh_user' >,
	change: Omit< Updateable< ServerTable >, Guarded | 'mac' >
): Promise< void > {
	await db
		.updateTable( 'servers' )
		.set( change )
		.where( 'id', '=', id )
		.where( 'host', '=', host )
		.where( 'ssh_port', '=', port )
		.where( 'ssh_user', '=', user )
		.execute();
}

/** What was seen before the gateway was removed counts no more. */
export async function noGatewaySeen( db: Db, { id }: Pick< Server, 'id' > ): Promise< void > {
	const row = await db.selectFrom( 'servers' ).select( 'last_look' ).where( 'id', '=', id ).executeTakeFirst();
	if ( row?.last_look ) {
		const seen = JSON.stringify( { ...row.last_look, gateway: null } );
		await db.updateTable( 'servers' ).set( { last_look: seen } ).where( 'id', '=', id ).execute();
	}
}

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
		.where( 'site_id', '=', siteId )
		.where( 'server_id', 'in', serverIds )
		.execute();
	return rows.map( ( row ) => genuine( vault, row ) );
}

/** A server that may be given the defaults and can be reached without more: the one that was looked at last. */
export async function serverForDefaults( db: Db, vault: Vault, siteId: string ): Promise< Server | undefined > {
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
		.map( ( row ) => genuine( vault, row ) )
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
	const pin = pinOf( server );
	return pin === null ? `server:${ server.site_id }:${ server.server_id }` : `key:${ pin }`;
}
