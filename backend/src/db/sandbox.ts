import { sandboxRules } from '@email-gateway/shared';
import { z } from 'zod';
import { Secret } from '../vault/secret.ts';
import { sandboxPlace } from './places.ts';
import type { SecretStore } from './secrets.ts';
import type { Server } from './servers.ts';
import type { Db } from './tables.ts';

const kept = z.object( { rules: sandboxRules, at: z.iso.datetime(), by: z.string() } );
/** `at`: when it was turned on, or changed; `by`: login. */
export type Sandbox = z.infer< typeof kept >;

type Parts = { db: Db; secrets: SecretStore };
type Of = Pick< Server, 'id' | 'siteId' | 'serverId' >;

/**
 * The sandbox of a server; null where it is off. It says where mail goes, so it is sealed: whoever writes to the database
 * cannot name another mailbox. Errors: record_not_genuine.
 */
export async function sandboxOn( { db, secrets }: Parts, server: Of ): Promise< Sandbox | null > {
	const text = await secrets.read( db, sandboxPlace( server ) );
	return text && kept.parse( JSON.parse( text.reveal() ) );
}

export const keepSandbox = ( { db, secrets }: Parts, server: Of, sandbox: Sandbox ): Promise< void > =>
	secrets.save( db, sandboxPlace( server ), new Secret( JSON.stringify( sandbox ) ) );

export const endSandbox = ( { db, secrets }: Parts, server: Of ): Promise< void > =>
	secrets.remove( db, sandboxPlace( server ) );

/** Of these servers, by their ids, those whose sandbox is on. */
export async function sandboxesOf( db: Db, ids: readonly string[] ): Promise< Set< string > > {
	const rows = await db
		.selectFrom( 'secrets' )
		.select( 'rowId' )
		.where( 'tableName', '=', 'servers' )
		.where( 'field', '=', 'sandbox' )
		.where( 'rowId', 'in', [ ...ids, '' ] )
		.execute();
	return new Set( rows.map( ( { rowId } ) => rowId ) );
}
