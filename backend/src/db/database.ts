import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect, PostgresDialect, sql } from 'kysely';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { fromPglite, type ConstructorOptions } from 'pg-boss';
import type { Config } from '../config.ts';
import { checkTables } from '../doctor/database.ts';
import { Refusal } from '../doctor/finding.ts';
import type { Logger } from '../logger.ts';
import type { Vault } from '../vault/vault.ts';
import { chainAudit } from './audit-chain.ts';
import { lockFolder } from './folder-lock.ts';
import { inspect, type Inspection } from './inspect.ts';
import { migrate } from './migrate.ts';
import { neverAway, untilItAnswers, watchOutage, type Outage } from './outage.ts';
import { restoreIfAsked, keepSnapshots } from './snapshots.ts';
import { caseOfRows, type Db, type Tables } from './tables.ts';
import { refuseSecondTakeOver, rememberProofs, takeOver } from './take-over.ts';

export interface Database {
	kind: 'embedded' | 'postgresql';
	db: Db;
	/** How the queue reaches the same database. */
	queueOptions: ConstructorOptions;
	/** Takes a snapshot and resolves with its path; null: not of a PostgreSQL. */
	snapshot: ( () => Promise< string > ) | null;
	/** Told by whoever meets an error of the database. */
	outage: Outage;
	close(): Promise< void >;
}

const int8 = 20;

/**
 * Opens PostgreSQL where DATABASE_URL is set, else the embedded database in the data folder, and brings its
 * tables up to date. A PostgreSQL that is away is waited for. Errors: an Error when the folder is in use, a Refusal when a
 * newer release has used the database.
 */
export async function openDatabase(
	config: Pick< Config, 'databaseUrl' | 'dataDir' | 'snapshotMinutes' | 'snapshotsKept' >,
	{ log, vault }: { log: Logger; vault: Vault }
): Promise< Database > {
	const database = config.databaseUrl ? openPostgres( config.databaseUrl, log ) : await openEmbedded( config, log );
	try {
		if ( database.kind === 'postgresql' ) {
			await untilItAnswers( () => answers( database.db ), { log } );
		}
		const inspection = await inspect( database.db, vault );
		const tables = checkTables( inspection );
		if ( tables.state === 'problem' ) {
			throw new Refusal( tables );
		}
		if ( inspection.pending.length && inspection.sealed ) {
			const path = await database.snapshot?.();
			log.info( { pending: inspection.pending, snapshot: path ?? null }, 'the tables are brought up to date' );
		}
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
	const connection = { connectionString, connectionTimeoutMillis: 10_000, keepAlive: true };
	const pool = new pg.Pool( { ...connection, types, max: 10 } );
	// a connection that the server closes is no reason to end the process: neither an idle one, nor one in the middle of
	// a transaction, whose next query fails
	const db = new Kysely< Tables >( { dialect: new PostgresDialect( { pool } ), plugins: [ caseOfRows ] } );
	const outage = watchOutage( () => answers( db ), { log } );
	const onLost = ( error: Error ) => {
		if ( ! outage.noticed( error ) ) {
			log.warn( { err: error }, 'database connection lost' );
		}
	};
	pool.on( 'error', onLost ).on( 'connect', ( client ) => client.on( 'error', onLost ) );
	const close = async () => {
		outage.stop();
		await db.destroy();
	};
	return { kind: 'postgresql', db, queueOptions: { ...connection, max: 5 }, snapshot: null, outage, close };
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
			snapshot: () => snapshots.take(),
			outage: neverAway,
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

/** Resolves when the database answers. Errors: those of the driver. */
export async function answers( db: Db ): Promise< void > {
	await sql`select 1`.execute( db );
}
