import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { dumpPostgres } from '../backup/postgres-tools.ts';
import type { Logger } from '../logger.ts';
import { answers, type Database, type Place } from './database.ts';
import { watchOutage } from './outage.ts';
import { keepSnapshots, type WriteCopy } from './snapshots.ts';
import { caseOfRows, type Tables } from './tables.ts';

const int8 = 20;

/** Connects when it is first asked; its snapshots are made with pg_dump. */
export function openPostgres( config: Place & { databaseUrl: string }, log: Logger ): Database {
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
