import { backupRules } from '@email-gateway/shared';
import { z } from 'zod';
import { Secret } from '../vault/secret.ts';
import { backupPlace, routeOfBackup } from './places.ts';
import type { SecretStore } from './secrets.ts';
import type { Server } from './servers.ts';
import type { Db } from './tables.ts';

const kept = z.object( {
	rules: backupRules,
	at: z.iso.datetime(),
	/** `login`: who chose it; `administrator`: what the backend does for it may reach what they may. */
	by: z.object( { login: z.string(), administrator: z.boolean() } ),
} );
/** A second account, and when it is switched to. */
export type Backup = z.infer< typeof kept >;

type Parts = { db: Db; secrets: SecretStore };
type Of = Pick< Server, 'id' | 'siteId' | 'serverId' >;

/**
 * The backup of a server, or of the route of a Unix user there; null where none was chosen. It says where mail goes, so it is
 * sealed: whoever writes to the database cannot choose another account. Errors: record_not_genuine.
 */
export async function backupOn(
	{ db, secrets }: Parts,
	server: Of,
	uid: number | null = null
): Promise< Backup | null > {
	const text = await secrets.read( db, backupPlace( server, uid ) );
	return text && kept.parse( JSON.parse( text.reveal() ) );
}

export const keepBackup = (
	{ db, secrets }: Parts,
	server: Of,
	backup: Backup,
	uid: number | null = null
): Promise< void > => secrets.save( db, backupPlace( server, uid ), new Secret( JSON.stringify( backup ) ) );

export const endBackup = ( { db, secrets }: Parts, server: Of, uid: number | null = null ): Promise< void > =>
	secrets.remove( db, backupPlace( server, uid ) );

/** The Unix users of a server whose routes have a backup. */
export async function routesWithBackup( db: Db, { id }: Pick< Server, 'id' > ): Promise< number[] > {
	const rows = await db
		.selectFrom( 'secrets' )
		.select( 'field' )
		.where( 'tableName', '=', 'servers' )
		.where( 'rowId', '=', id )
		.where( 'field', 'like', 'backup:%' )
		.execute();
	return rows.flatMap( ( { field } ) => routeOfBackup( field ) ?? [] );
}
