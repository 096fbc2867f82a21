import { backupRules } from '@email-gateway/shared';
import { z } from 'zod';
import { Secret } from '../vault/secret.ts';
import { backupPlace } from './places.ts';
import type { SecretStore } from './secrets.ts';
import type { Server } from './servers.ts';
import type { Db } from './tables.ts';

const kept = z.object( {
	rules: backupRules,
	at: z.iso.datetime(),
	/** `login`: who chose it; `administrator`: what the backend does for it may reach what they may. */
	by: z.object( { login: z.string(), administrator: z.boolean() } ),
} );
/** The second account of a server, and when it is switched to. */
export type Backup = z.infer< typeof kept >;

type Parts = { db: Db; secrets: SecretStore };
type Of = Pick< Server, 'id' | 'siteId' | 'serverId' >;

/**
 * The backup of a server; null where none was chosen. It says where mail goes, so it is sealed: whoever writes to the
 * database cannot choose another account. Errors: record_not_genuine.
 */
export async function backupOn( { db, secrets }: Parts, server: Of ): Promise< Backup | null > {
	const text = await secrets.read( db, backupPlace( server ) );
	return text && kept.parse( JSON.parse( text.reveal() ) );
}

export const keepBackup = ( { db, secrets }: Parts, server: Of, backup: Backup ): Promise< void > =>
	secrets.save( db, backupPlace( server ), new Secret( JSON.stringify( backup ) ) );

export const endBackup = ( { db, secrets }: Parts, server: Of ): Promise< void > =>
	secrets.remove( db, backupPlace( server ) );
