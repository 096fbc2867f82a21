import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { backendEnvironment, backendFolder, startBackend } from '../backend/start.ts';
import { checkoutPath, labPath, logPath } from '../system/paths.ts';
import { renameProcess, startProcess, stopProcess } from '../system/processes.ts';

interface Options {
	databaseUrl: string | undefined;
	signal: AbortSignal;
}

const next = 'backend-next';
const begin = join( labPath, 'backend-begins' );

/**
 * Ends the backend of this lab and starts it from what lies on disk now. A job that runs is cut off: the next backend
 * finds and ends it.
 */
export async function restartBackend( { databaseUrl, signal }: Options ): Promise< void > {
	await stopProcess( 'backend', { graceMs: 1_000 } );
	signal.throwIfAborted();
	await renameProcess( next, 'backend' );
	writeFileSync( begin, '' );
	// takes the one that was waiting, and starts one where none was
	await startBackend( { ...( databaseUrl === undefined ? {} : { databaseUrl } ), signal } );
	await holdBackendReady( databaseUrl );
}

/** Starts the backend that the next restart takes. */
export async function holdBackendReady( databaseUrl: string | undefined ): Promise< void > {
	rmSync( begin, { force: true } );
	await startProcess( next, [ process.execPath, 'lab/dev/backend-in-waiting.ts', begin ], {
		env: await backendEnvironment( { databaseUrl, folder: backendFolder } ),
		cwd: checkoutPath,
		logFile: join( logPath, 'backend.log' ),
	} );
}
