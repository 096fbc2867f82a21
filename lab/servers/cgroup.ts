import { existsSync, readFileSync, readdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * The control group that holds all processes of one server.
 *
 * @param namespace the server's network namespace, whose name is unique on this machine
 * @throws where the kernel has no version 2 control groups mounted
 */
export function cgroupPath( namespace: string ): string {
	const mounted = readFileSync( '/proc/self/mounts', 'utf8' )
		.split( '\n' )
		.map( ( line ) => line.split( ' ' ) )
		.find( ( [ , , type ] ) => type === 'cgroup2' );
	if ( ! mounted?.[ 1 ] ) {
		throw new Error( 'Lab servers need version 2 control groups, and none are mounted here.' );
	}
	return join( mounted[ 1 ], namespace );
}

/**
 * Kills whatever is left of a server, at once, and takes its control group away.
 *
 * @throws when processes are still there after ten seconds
 */
export async function clearCgroup( path: string ): Promise< void > {
	if ( ! existsSync( path ) ) {
		return;
	}
	writeFileSync( join( path, 'cgroup.kill' ), '1' );
	for ( let tries = 0; isPopulated( path ); tries++ ) {
		if ( tries === 100 ) {
			throw new Error( `Processes in ${ path } do not end.` );
		}
		await sleep( 100 );
	}
	removeFolders( path );
}

function isPopulated( path: string ): boolean {
	return /^populated 1$/m.test( readFileSync( join( path, 'cgroup.events' ), 'utf8' ) );
}

function removeFolders( path: string ) {
	for ( const entry of readdirSync( path, { withFileTypes: true } ) ) {
		if ( entry.isDirectory() ) {
			removeFolders( join( path, entry.name ) );
		}
	}
	rmdirSync( path );
}
