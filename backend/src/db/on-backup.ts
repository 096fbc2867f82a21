import { alignment, gatewaySettings, switchReasons } from '@email-gateway/shared';
import { z } from 'zod';
import { Secret } from '../vault/secret.ts';
import { onBackupPlace } from './places.ts';
import type { SecretStore } from './secrets.ts';
import type { Server } from './servers.ts';
import type { Db } from './tables.ts';

/** Since when, why and how mail leaves by a backup: of a server, or of a route. */
export const switched = z.object( {
	since: z.iso.datetime(),
	why: z.enum( switchReasons ),
	/** Login; empty: the backend. */
	by: z.string(),
	/** Messages whose last answer of the first provider was lost. */
	twice: z.object( { messages: z.int(), queueIds: z.array( z.string() ) } ),
	alignments: z.array( alignment ),
} );
export type Switched = z.infer< typeof switched >;

const kept = switched.extend( {
	/** Of the settings with which the backup is installed, and whose account that is. */
	version: z.int(),
	account: z.uuid(),
	/** What it goes back to. `account`: whose present values count then; `password`: where there is no account. */
	first: z.object( {
		settings: gatewaySettings,
		account: z.object( { id: z.uuid(), version: z.int() } ).nullable(),
		password: z.string().nullable(),
	} ),
} );
/** That a server sends by its backup. */
export type OnBackup = z.infer< typeof kept >;

type Parts = { db: Db; secrets: SecretStore };
type Of = Pick< Server, 'id' | 'siteId' | 'serverId' | 'installedVersion' >;

/**
 * What became of a server that sends by its backup; null where it sends by its own account. It is written with the version
 * that is installed, in one transaction, so that neither says what the other does not. Errors: record_not_genuine.
 */
export async function onBackup( { db, secrets }: Parts, server: Of ): Promise< OnBackup | null > {
	const text = await secrets.read( db, onBackupPlace( server ) );
	const active = text && kept.parse( JSON.parse( text.reveal() ) );
	return active?.version === server.installedVersion ? active : null;
}

export const keepOnBackup = ( { db, secrets }: Parts, server: Of, active: OnBackup ): Promise< void > =>
	secrets.save( db, onBackupPlace( server ), new Secret( JSON.stringify( active ) ) );

export const endOnBackup = ( { db, secrets }: Parts, server: Of ): Promise< void > =>
	secrets.remove( db, onBackupPlace( server ) );

/** Of these servers, by their ids, those that send by their backup, or have a route that does. */
export async function onBackupOf( db: Db, ids: readonly string[] ): Promise< Set< string > > {
	const own = await db
		.selectFrom( 'secrets' )
		.select( 'rowId' )
		.where( 'tableName', '=', 'servers' )
		.where( 'field', '=', 'on_backup' )
		.where( 'rowId', 'in', [ ...ids, '' ] )
		.execute();
	const ofRoutes = await db
		.selectFrom( 'incidents' )
		.select( 'server' )
		.where( 'kind', '=', 'on_backup' )
		.where( 'endedAt', 'is', null )
		.execute();
	const all = [ ...own.map( ( { rowId } ) => rowId ), ...ofRoutes.map( ( { server } ) => server ) ];
	return new Set( all.filter( ( id ) => id !== null && ids.includes( id ) ) as string[] );
}
