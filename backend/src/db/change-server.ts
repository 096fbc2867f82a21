import type { Updateable } from 'kysely';
import type { Vault } from '../vault/vault.ts';
import { type GuardedServer, serverMac } from './genuine.ts';
import type { Server } from './servers.ts';
import { type Db, json, type ServerTable } from './tables.ts';

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
