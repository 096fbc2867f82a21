import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect } from 'kysely';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromPglite } from 'pg-boss';
import type { Logger } from '../logger.ts';
import type { Database, Place } from './database.ts';
import { lockFolder } from './folder-lock.ts';
import { neverAway } from './outage.ts';
import { keepSnapshots, restoreIfAsked, type WriteCopy } from './snapshots.ts';
import { caseOfRows, type Tables } from './tables.ts';

/** The database in the data folder. Errors: an Error when another process has the folder. */
export async function openEmbedded( config: Place, log: Logger ): Promise< Database > {
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
