import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect, PostgresDialect, sql } from 'kysely';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { fromPglite, type ConstructorOptions } from 'pg-boss';
import type { Config } from '../config.ts';
import type { Logger } from '../logger.ts';
import type { Vault } from '../vault/vault.ts';
import { chainAudit } from './audit-chain.ts';
import { lockFolder } from './folder-lock.ts';
import { migrate } from './migrate.ts';
import { restoreIfAsked, keepSnapshots } from './snapshots.ts';
import { caseOfRows, type Db, type Tables } from './tables.ts';
import { refuseSecondTakeOver, rememberProofs, takeOver } from './take-over.ts';

export interface Database {
	kind: 'embedded' | 'postgresql';
	db: Db;
	/** How the queue reaches the same database. */
	queueOptions: ConstructorOptions;
	close(): Promise< void >;
}

const int8 = 20;

/**
 * Opens PostgreSQL where DATABASE_URL is set, else the embedded database in the data folder, and brings its
 * tables up to date. Errors: an Error when the folder is in use or the database cannot be reached.
 */
export async function openDatabase(
	config: Pick< Config, 'databaseUrl' | 'dataDir' | 'snapshotMinutes' | 'snapshotsKept' >,
	{ log, vault }: { log: Logger; vault: Vault }
): Promise< Database > {
	const database = config.databaseUrl ? openPostgres( config.databaseUrl, log ) : await openEmbedded( config, log );
	try {
		await migrate( database.db, {
			async takeOver( tx ) {
				const { rows } = await sql`select 1 from sites limit 1`.execute( tx );
				if ( rows.length ) {
					refuseSecondTakeOver( config.dataDir, 'proofs' );
					await takeOver( tx, vault );
				}
			},
			async chainAudit( tx ) {
				const { rows } = await sql`select 1 from audit limit 1`.execute( tx );
				if ( rows.length ) {
					refuseSecondTakeOver( config.dataDir, 'audit' );
					await chainAudit( tx, vault );
				}
			},
		} );
		rememberProofs( config.dataDir, log );
	} catch ( error ) {
		await database.close();
		throw error;
	}
	return database;
}

function openPostgres( connectionString: string, log: Logger ): Database {
	const types = {
		// post ids: WordPress keeps them below 2^53, so a number holds them
		getTypeParser: ( ( oid: number, format?: 'text' ) =>
			oid === int8 ? Number : pg.types.getTypeParser( oid, format ) ) as typeof pg.types.getTypeParser,
	};
	const pool = new pg.Pool( { connectionString, types, max: 10 } );
	// a connection that the server closes is no reason to end the process: neither an idle one, nor one in the middle of
	// a transaction, whose next query fails
	const onLost = ( error: Error ) => log.warn( { err: error }, 'database connection lost' );
	pool.on( 'error', onLost ).on( 'connect', ( client ) => client.on( 'error', onLost ) );
	const db = new Kysely< Tables >( { dialect: new PostgresDialect( { pool } ), plugins: [ caseOfRows ] } );
	return { kind: 'postgresql', db, queueOptions: { connectionString, max: 5 }, close: () => db.destroy() };
}

async function openEmbedded(
	config: Pick< Config, 'dataDir' | 'snapshotMinutes' | 'snapshotsKept' >,
	log: Logger
): Promise< Database > {
	const lock = lockFolder( config.dataDir );
	try {
		const folder = join( config.dataDir, 'database' );
		mkdirSync( folder, { recursive: true, mode: 0o700 } );
		const pglite = await PGlite.create( {
			dataDir: folder,
			// 202 MB resident instead of 341
			postgresqlconf: [ 'shared_buffers=16MB' ],
			...restoreIfAsked( config.dataDir, folder ),
		} );
		const db = new Kysely< Tables >( { dialect: new PGliteDialect( { pglite } ), plugins: [ caseOfRows ] } );
		const snapshots = keepSnapshots( pglite, config, { log } );
		return {
			kind: 'embedded',
			db,
			queueOptions: { db: fromPglite( pglite ), backend: 'pglite' },
			close: async () => {
				await snapshots.stop();
				await pglite.close();
				lock.release();
			},
		};
	} catch ( error ) {
		lock.release();
		throw error;
	}
}

/** Resolves when the database answers. Errors: those of the driver. */
export async function answers( db: Db ): Promise< void > {
	await sql`select 1`.execute( db );
}
