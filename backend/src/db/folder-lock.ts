import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Takes a folder for this process and its user alone: the embedded database does not lock its folder, and two processes would
 * corrupt it. The lock holds the process's id and start time, so one left by a killed process counts for nothing.
 * Errors: an Error in one sentence when another living process holds it.
 */
export function lockFolder( folder: string ): { release: () => void } {
	mkdirSync( folder, { recursive: true, mode: 0o700 } );
	// also one that was there: the embedded database leaves its files open to all
	chmodSync( folder, 0o700 );
	const path = join( folder, 'lock' );
	const own = JSON.stringify( { pid: process.pid, started: startTimeOf( process.pid ) } );
	for ( let attempt = 0; attempt < 3; attempt++ ) {
		try {
			writeFileSync( path, own, { flag: 'wx', mode: 0o600 } );
			return { release: () => release( path, own ) };
		} catch ( error ) {
			if ( ( error as NodeJS.ErrnoException ).code !== 'EEXIST' ) {
				throw error;
			}
		}
		const holder = readHolder( path );
		if ( holder && startTimeOf( holder.pid ) === holder.started && holder.pid !== process.pid ) {
			throw new Error(
				`The data folder ${ folder } is in use by process ${ holder.pid }: stop it first, or set DATABASE_URL to share one PostgreSQL.`
			);
		}
		if ( holder?.pid === process.pid && startTimeOf( holder.pid ) === holder.started ) {
			throw new Error( `The data folder ${ folder } is already open in this process.` );
		}
		rmSync( path, { force: true } );
	}
	throw new Error( `The data folder ${ folder } could not be locked: others take it at the same moment.` );
}

function readHolder( path: string ): { pid: number; started: string } | null {
	try {
		return JSON.parse( readFileSync( path, 'utf8' ) );
	} catch {
		return null;
	}
}

function release( path: string, own: string ): void {
	try {
		if ( readFileSync( path, 'utf8' ) === own ) {
			rmSync( path );
		}
	} catch {
		// already gone
	}
}

/** What tells a process from a later one of the same id; empty where there is none. */
function startTimeOf( pid: number ): string {
	try {
		// field 22 of proc(5) stat, counted behind the name, which may hold blanks and brackets
		const stat = readFileSync( `/proc/${ pid }/stat`, 'latin1' );
		const fields = stat.slice( stat.lastIndexOf( ')' ) + 2 ).split( ' ' );
		// a killed process whose parent has not asked for it yet holds nothing any more
		return fields[ 0 ] === 'Z' || fields[ 0 ] === 'X' ? '' : fields[ 19 ] ?? '';
	} catch {
		return isAlive( pid ) ? 'alive' : '';
	}
}

/** For systems without /proc. */
function isAlive( pid: number ): boolean {
	try {
		process.kill( pid, 0 );
		return true;
	} catch {
		return false;
	}
}
