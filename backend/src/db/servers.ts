import { randomUUID } from 'node:crypto';
import type { Selectable, Updateable } from 'kysely';
import type { Vault } from '../vault/vault.ts';
import { isGenuineServer, serverMac, type GuardedServer } from './genuine.ts';
import { pinOf } from './places.ts';
import { json, type Db, type ServerTable } from './tables.ts';

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
		.where( 'siteId', '=', siteId )
		.where( 'serverId', '=', serverId )
		.executeTakeFirst();
	return row && genuine( vault, row );
}

/** What is known of a server of which nothing is kept. */
export const unknownServer = ( { siteId, serverId }: ServerRef ): Server => ( {
	...{ id: '00000000-0000-0000-0000-000000000000', siteId, serverId, ...noConnection },
	...{ lastLook: null, unfinished: false, submittedVersion: null, installedVersion: null, lastTest: null },
	...{ owner: null, handedAt: null, handedVersion: null, mac: null },
} );

/** A server by the id of its row. */
export async function serverById( db: Db, vault: Vault, id: string ): Promise< Server | undefined > {
	const row = await db.selectFrom( 'servers' ).selectAll().where( 'id', '=', id ).executeTakeFirst();
	return row && genuine( vault, row );
}

/** The server's row, held until the transaction ends, made where there is none yet. */
export async function holdServer(
	tx: Db,
	vault: Vault,
	{ siteId, serverId, owner = null }: ServerRef & { owner?: number | null | undefined }
): Promise< Server > {
	await tx
		.insertInto( 'servers' )
		.values( { id: randomUUID(), siteId, serverId, owner } )
		.onConflict( ( conflict ) => conflict.columns( [ 'siteId', 'serverId' ] ).doNothing() )
		.execute();
	const row = await tx
		.selectFrom( 'servers' )
		.selectAll()
		.where( 'siteId', '=', siteId )
		.where( 'serverId', '=', serverId )
		.forUpdate()
		.executeTakeFirstOrThrow();
	return genuine( vault, row );
}

const noConnection = {
	...{ host: null, sshPort: null, sshUser: null, signIn: null, hostKey: null, managedPublicKey: null },
	...{ setByAdministrator: false, mayHaveDefaults: false },
};

/** A row that we did not write is one of a server that was never connected. */
function genuine( vault: Vault, row: Row ): Server {
	return isGenuineServer( vault, row ) ? row : { ...row, ...noConnection, tampered: true };
}

type Guarded = keyof Omit< GuardedServer, 'id' | 'siteId' | 'serverId' >;

/** Changes what decides where secrets go and who may be given them, with the proof that it was us. */
export async function changeConnection(
	db: Db,
	vault: Vault,
	server: Server,
	change: Partial< Pick< Server, Guarded > >
): Promise< Server > {
	const { tampered: _healed, ...next } = { ...server, ...change };
	const { host, sshPort, sshUser, signIn, hostKey, managedPublicKey, setByAdministrator, mayHaveDefaults } = next;
	const mac = serverMac( vault, next );
	await db
		.updateTable( 'servers' )
		.set( {
			...{ host, sshPort, sshUser, signIn, managedPublicKey, setByAdministrator, mayHaveDefaults, mac },
			hostKey: hostKey && json( hostKey ),
		} )
		.where( 'id', '=', server.id )
		.execute();
	// what was lent leads to where it led before
	await db.updateTable( 'watches' ).set( { lentUntil: null } ).where( 'server', '=', server.id ).execute();
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
		...[ server.id, server.host, server.sshPort, server.sshUser, server.signIn, pinOf( server ) ],
	];
	return JSON.stringify( partsOf( one ) ) === JSON.stringify( partsOf( other ) );
}

/** What a job learned of a server; nothing is written where somebody gave it another address meanwhile. */
export async function recordOf(
	db: Db,
	{ id, host, sshPort: port, sshUser: user }: Pick< Server, 'id' | 'host' | 'sshPort' | 'sshUser' >,
	change: Omit< Updateable< ServerTable >, Guarded | 'mac' >
): Promise< void > {
	await db
		.updateTable( 'servers' )
		.set( change )
		.where( 'id', '=', id )
		.where( 'host', '=', host )
		.where( 'sshPort', '=', port )
		.where( 'sshUser', '=', user )
		.execute();
}

/** What was seen before the gateway was removed counts no more. */
export async function noGatewaySeen( db: Db, { id }: Pick< Server, 'id' > ): Promise< void > {
	const row = await db.selectFrom( 'servers' ).select( 'lastLook' ).where( 'id', '=', id ).executeTakeFirst();
	if ( row?.lastLook ) {
		const seen = json( { ...row.lastLook, gateway: null } );
		await db.updateTable( 'servers' ).set( { lastLook: seen } ).where( 'id', '=', id ).execute();
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

/** What tells servers apart, whoever manages them: the trusted host key; before it, who asks. */
export function identityOf( server: Pick< Server, 'hostKey' | 'siteId' | 'serverId' > ): string {
	const pin = pinOf( server );
	return pin === null ? `server:${ server.siteId }:${ server.serverId }` : `key:${ pin }`;
}
