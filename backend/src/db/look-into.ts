import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect, PostgresDialect } from 'kysely';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { Config } from '../config.ts';
import type { Vault } from '../vault/vault.ts';
import { lockFolder } from './folder-lock.ts';
import { inspect, type Inspection } from './inspect.ts';
import type { Tables } from './tables.ts';

/** Looks at the database without changing it, when no backend runs on it. Errors: those of the driver and of the lock. */
export async function lookInto(
	{ databaseUrl, dataDir }: Pick< Config, 'databaseUrl' | 'dataDir' >,
	vault: Vault
): Promise< Inspection | null > {
	if ( databaseUrl ) {
		const pool = new pg.Pool( { connectionString: databaseUrl, connectionTimeoutMillis: 10_000, max: 1 } );
		const db = new Kysely< Tables >( { dialect: new PostgresDialect( { pool } ) } );
		return inspect( db, vault ).finally( () => db.destroy() );
	}
	const folder = join( dataDir, 'database' );
	if ( ! existsSync( folder ) ) {
		return null;
	}
	const lock = lockFolder( dataDir );
	try {
		const pglite = await PGlite.create( { dataDir: folder } );
		const db = new Kysely< Tables >( { dialect: new PGliteDialect( { pglite } ) } );
		return await inspect( db, vault ).finally( () => pglite.close() );
	} finally {
		lock.release();
	}
}
