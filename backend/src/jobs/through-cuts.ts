import { setTimeout as delay } from 'timers/promises';
import { isFailure } from '../errors.ts';
import type { JobContext, Done } from './context.ts';
import { runVerb } from './handlers.ts';

/** A server that reboots is back within minutes. */
const reconnectForMs = 10 * 60_000;

const heldLongMs = 60_000;

const lostConnection: ReadonlySet< string > = new Set( [
	'connection_lost',
	'server_unreachable',
	'server_timed_out',
	'ssh_not_spoken',
	'ssh_server_busy',
	'ssh_refused_for_now',
] );

/** Never fulfilled; rejects as soon as the job is to stop. */
export function stopped( context: JobContext ): Promise< never > {
	const { signal, cancel } = context;
	return new Promise( ( _resolve, reject ) => {
		signal.addEventListener( 'abort', () => reject( signal.reason ) );
		// what is being changed is told to give everything back, and is waited for
		const onCancel = () => ! context.isApplying() && reject( cancel.reason );
		cancel.addEventListener( 'abort', onCancel );
		if ( signal.aborted ) {
			reject( signal.reason );
		}
	} );
}

/** A lost connection does not stop what runs on the server: connect again and follow it to its end. */
export async function runThroughCuts( context: JobContext ): Promise< Done > {
	let pauseMs = 1000;
	let giveUpAt = 0;
	for (;;) {
		const from = Date.now();
		try {
			return await runVerb( context );
		} catch ( error ) {
			const isCut = isFailure( error ) && lostConnection.has( error.code );
			if ( ! isCut || ! context.isApplying() ) {
				throw error;
			}
			if ( giveUpAt === 0 || Date.now() - from > heldLongMs ) {
				// a first cut, or one after a connection that held
				pauseMs = 1000;
				giveUpAt = Date.now() + reconnectForMs;
			}
			if ( Date.now() + pauseMs > giveUpAt ) {
				throw error;
			}
			await delay( pauseMs, undefined, { signal: context.signal } );
			pauseMs = Math.min( pauseMs * 2, 15_000 );
		}
	}
}
