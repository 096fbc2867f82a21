import type { PGlite } from '@electric-sql/pglite';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import type { Logger } from '../logger.ts';

/**
 * Copies of the embedded database, oldest removed: it never waits for the disk, so a power cut can cost it.
 * `email-gateway restore` puts one back.
 */
export function keepSnapshots(
	pglite: PGlite,
	{ dataDir, snapshotMinutes, snapshotsKept }: Pick< Config, 'dataDir' | 'snapshotMinutes' | 'snapshotsKept' >,
	{ log }: { log: Logger }
): { take: () => Promise< string >; stop: () => Promise< void > } {
	const folder = join( dataDir, 'snapshots' );
	let running: Promise< unknown > = Promise.resolve();
	const take = async () => {
		mkdirSync( folder, { recursive: true, mode: 0o700 } );
		const dump = await pglite.dumpDataDir( 'gzip' );
		const name = `${ new Date().toISOString().replaceAll( ':', '-' ) }.tar.gz`;
		const aside = join( folder, `${ name }.part` );
		writeFileSync( aside, Buffer.from( await dump.arrayBuffer() ), { mode: 0o600, flush: true } );
		renameSync( aside, join( folder, name ) );
		const kept = readdirSync( folder )
			.filter( ( file ) => file.endsWith( '.tar.gz' ) )
			.sort();
		kept.slice( 0, -snapshotsKept ).forEach( ( file ) => rmSync( join( folder, file ) ) );
		return join( folder, name );
	};
	const timer = snapshotMinutes
		? setInterval( () => {
				running = take().catch( ( error ) => log.error( { err: error }, 'snapshot failed' ) );
		  }, snapshotMinutes * 60_000 )
		: undefined;
	timer?.unref();
	return {
		take,
		stop: async () => {
			clearInterval( timer );
			await running;
		},
	};
}

/**
 * What PGlite is told when a snapshot waits to be restored.
 * Errors: an Error when a database is still there: restoring must not overwrite it.
 */
export function restoreIfAsked( dataDir: string, databaseFolder: string ): { loadDataDir?: Blob } {
	const path = join( dataDir, 'restore.tar.gz' );
	if ( ! existsSync( path ) ) {
		return {};
	}
	if ( readdirSync( databaseFolder ).length ) {
		throw new Error( `${ path } waits to be restored, but ${ databaseFolder } is not empty: move it away first.` );
	}
	const content = new Blob( [ readFileSync( path ) ] );
	renameSync( path, join( dataDir, `restored-${ Date.now() }.tar.gz` ) );
	return { loadDataDir: content };
}
