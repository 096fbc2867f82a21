import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config.ts';

/** How the bytes of a database are written: to a file that is not there yet, which its owner alone may read. */
export type WriteCopy = ( file: string, signal?: AbortSignal ) => Promise< void >;

export interface Snapshots {
	/**
	 * Takes one; resolves with its path. `beforeUpgrade`: it is kept apart from the hourly ones, which would soon push it out.
	 * Errors: those of the copy.
	 */
	take( options?: { beforeUpgrade?: boolean; signal?: AbortSignal } ): Promise< string >;
	stop(): Promise< void >;
}

/** What is kept of each kind; the regular ones as the settings say. */
const upgradesKept = 2;
const upgradePrefix = 'before-upgrade-';
const isCopy = ( name: string ) => /\.(tar\.gz|dump)$/.test( name );
const folderOf = ( dataDir: string ) => join( dataDir, 'snapshots' );

/**
 * Copies of the database in the data folder: every so many minutes, and whenever somebody asks; the oldest are removed.
 * `email-gateway restore` puts one back.
 * @param onFailed told when a regular one could not be taken
 */
export function keepSnapshots(
	{ write, suffix }: { write: WriteCopy; suffix: '.tar.gz' | '.dump' },
	{ dataDir, snapshotMinutes, snapshotsKept }: Pick< Config, 'dataDir' | 'snapshotMinutes' | 'snapshotsKept' >,
	onFailed: ( error: unknown ) => void
): Snapshots {
	const folder = folderOf( dataDir );
	let running: Promise< unknown > = Promise.resolve();
	const takeNow: Snapshots[ 'take' ] = async ( { beforeUpgrade = false, signal } = {} ) => {
		mkdirSync( folder, { recursive: true, mode: 0o700 } );
		const name = `${ beforeUpgrade ? upgradePrefix : '' }${ stampOf( new Date() ) }${ suffix }`;
		const aside = join( folder, `${ name }.part` );
		try {
			await write( aside, signal );
			renameSync( aside, join( folder, name ) );
		} finally {
			rmSync( aside, { force: true } );
		}
		tidySnapshots( dataDir, snapshotsKept );
		return join( folder, name );
	};
	// one after the other: tidying would take away what another is just writing
	const take: Snapshots[ 'take' ] = ( options ) => {
		const next = running.then( () => takeNow( options ) );
		running = next.catch( () => {} );
		return next;
	};
	const timer = snapshotMinutes
		? setInterval( () => void take().catch( onFailed ), snapshotMinutes * 60_000 )
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

/** A time as part of a file's name, sorted as time is. */
export const stampOf = ( at: Date ) => at.toISOString().replaceAll( ':', '-' );

/** Deletes all but the newest of each kind, and halves that a killed process has left. */
function tidySnapshots( dataDir: string, snapshotsKept: number ): void {
	const folder = folderOf( dataDir );
	const names = readdirSync( folder );
	names.filter( ( name ) => name.endsWith( '.part' ) ).forEach( ( name ) => rmSync( join( folder, name ) ) );
	removeAllBut( folder, upgradesKept, ( name ) => name.startsWith( upgradePrefix ) && isCopy( name ) );
	removeAllBut( folder, snapshotsKept, ( name ) => /^\d{4}-/.test( name ) && isCopy( name ) );
}

/** Deletes what is named so in a folder, but for the last of the names, which end in their time. */
export function removeAllBut( folder: string, kept: number, isMeant: ( name: string ) => boolean ): void {
	const meant = readdirSync( folder ).filter( isMeant ).sort();
	meant.slice( 0, -kept ).forEach( ( name ) => rmSync( join( folder, name ), { recursive: true } ) );
}

/** The newest snapshot from before an upgrade; null where there is none. */
export function lastBeforeUpgrade( dataDir: string ): string | null {
	const folder = folderOf( dataDir );
	const names = existsSync( folder ) ? readdirSync( folder ) : [];
	const last = names
		.filter( ( name ) => name.startsWith( upgradePrefix ) && isCopy( name ) )
		.sort()
		.at( -1 );
	return last === undefined ? null : join( folder, last );
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
