import { startBackend } from '../backend/start.ts';
import { stopProcess } from '../system/processes.ts';

/**
 * Ends the backend of this lab and starts it from what lies on disk now. A job that runs is cut off: the next backend
 * finds and ends it.
 */
export async function restartBackend( options: {
	databaseUrl: string | undefined;
	signal: AbortSignal;
} ): Promise< void > {
	const { databaseUrl, signal } = options;
	await stopProcess( 'backend', { graceMs: 1_000 } );
	signal.throwIfAborted();
	await startBackend( { ...( databaseUrl === undefined ? {} : { databaseUrl } ), signal } );
}
