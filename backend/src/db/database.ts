import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect, PostgresDialect, sql } from 'kysely';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { fromPglite, type ConstructorOptions } from 'pg-boss';
import { dumpPostgres } from '../backup/postgres-tools.ts';
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
import { keepSnapshots, lastBeforeUpgrade, restoreIfAsked, type Snapshots, type WriteCopy } from './snapshots.ts';
import { caseOfRows, type Db, type Tables } from './tables.ts';
import { refuseSecondTakeOver, rememberProofs, takeOver } from './take-over.ts';

export interface Database {
	kind: 'embedded' | 'postgresql';
	db: Db;
	/** How the queue reaches the same database. */
	queueOptions: ConstructorOptions;
	snapshot: Snapshots[ 'take' ];
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
	config: Place & Pick< Config, 'databaseUrl' >,
	{ log, vault }: { log: Logger; vault: Vault }
): Promise< Database > {
	const { databaseUrl } = config;
	const database = databaseUrl ? openPostgres( { ...config, databaseUrl }, log ) : await openEmbedded( config, log );
	try {
		if ( database.kind === 'postgresql' ) {
			await untilItAnswers( () => answers( database.db ), { log } );
		}
		const inspection = await inspect( database.db, vault );
		const tables = checkTables( inspection, lastBeforeUpgrade( config.dataDir ) );
		if ( tables.state === 'problem' ) {
			throw new Refusal( tables );
		}
		if ( inspection.pending.length && inspection.sealed ) {
			const path = await snapshotBefore( database, log );
			log.info( { pending: inspection.pending, snapshot: path }, 'the tables are brought up to date' );
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

/**
 * The way back from an upgrade. A PostgreSQL whose tools are elsewhere goes without: its tables change in one transaction.
 * Errors: those of a copy of the embedded database.
 */
async function snapshotBefore( { kind, snapshot }: Database, log: Logger ): Promise< string | null > {
	try {
		return await snapshot( { beforeUpgrade: true } );
	} catch ( error ) {
		if ( kind === 'embedded' ) {
			throw error;
		}
		log.warn( { err: error }, 'no snapshot was taken before the tables are changed' );
		return null;
	}
}

type Place = Pick< Config, 'dataDir' | 'snapshotMinutes' | 'snapshotsKept' >;

function openPostgres( config: Place & { databaseUrl: string }, log: Logger ): Database {
	const types = {
		// post ids: WordPress keeps them below 2^53, so a number holds them
		getTypeParser: ( ( oid: number, format?: 'text' ) =>
			oid === int8 ? Number : pg.types.getTypeParser( oid, format ) ) as typeof pg.types.getTypeParser,
	};
	const { databaseUrl, dataDir } = config;
	const connection = { connectionString: databaseUrl, connectionTimeoutMillis: 10_000, keepAlive: true };
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
	const write: WriteCopy = ( file, signal ) => dumpPostgres( file, { databaseUrl, dataDir, signal } );
	const snapshots = keepSnapshots( { write, suffix: '.dump' }, config, ( error ) => {
		// pg_dump says the same as the driver, in other words
		answers( db ).then(
			() => log.error( { err: error }, 'snapshot failed' ),
			( reason: unknown ) => outage.noticed( reason ) || log.error( { err: error }, 'snapshot failed' )
		);
	} );
	const close = async () => {
		outage.stop();
		await snapshots.stop();
		await db.destroy();
	};
	return { kind: 'postgresql', db, queueOptions: { ...connection, max: 5 }, snapshot: snapshots.take, outage, close };
}

async function openEmbedded( config: Place, log: Logger ): Promise< Database > {
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
		const snapshots = keepSnapshots( { write: copyOf( pglite ), suffix: '.tar.gz' }, config, ( error ) =>
			log.error( { err: error }, 'snapshot failed' )
		);
		return {
			kind: 'embedded',
			db,
			queueOptions: { db: fromPglite( pglite ), backend: 'pglite' },
			snapshot: snapshots.take,
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

/** It never waits for the disk, so a power cut can cost the database; a copy does wait. */
export const copyOf =
	( pglite: PGlite ): WriteCopy =>
	async ( file ) => {
		const dump = await pglite.dumpDataDir( 'gzip' );
		writeFileSync( file, Buffer.from( await dump.arrayBuffer() ), { mode: 0o600, flush: true } );
	};

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
