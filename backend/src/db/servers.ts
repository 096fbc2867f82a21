import { randomUUID } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { Vault } from '../vault/vault.ts';
import { isGenuineServer } from './genuine.ts';
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
export function genuine( vault: Vault, row: Row ): Server {
	return isGenuineServer( vault, row ) ? row : { ...row, ...noConnection, tampered: true };
}

/** User ids of who owns servers of a site. */
export async function ownersOf( db: Db, siteId: string ): Promise< number[] > {
	const rows = await db
		.selectFrom( 'servers' )
		.select( 'owner' )
		.distinct()
		.where( 'siteId', '=', siteId )
		.where( 'owner', 'is not', null )
		.orderBy( 'owner' )
		.execute();
	return rows.flatMap( ( { owner } ) => owner ?? [] );
}
