import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ErrorDetail, Step } from '@email-gateway/shared';
import { GatewayError } from '../errors.ts';
import type { Remote } from '../ssh/remote.ts';
import { parseRunLine, toErrorDetail, type RunResult } from './run-log.ts';

const startProgram = readFileSync( new URL( './start.sh', import.meta.url ), 'utf8' );
const cancelProgram = readFileSync( new URL( './cancel.sh', import.meta.url ), 'utf8' );

/**
 * Steps as they happen on the server. `serverSeq` is a step's number in the log of a run, null where it has none, and
 * stays the same when a later call attaches, so that a reader can skip what it has.
 */
export type OnStep = (
	step: Step,
	phase: 'started' | 'finished' | 'failed',
	detail: ErrorDetail,
	serverSeq: number | null
) => void | Promise< void >;

export interface RunFollower {
	/** Stop waiting: what runs on the server goes on there. */
	signal: AbortSignal;
	/** The person asked to stop: before its commit the run gives everything back. */
	cancel: AbortSignal;
	/** Each step of the server's log, in order. */
	onStep: OnStep;
}

// a run tells some twenty events, and as many again for each repair: more is a server that fills our database
const limits = { wholeMs: 30 * 60_000, busyMs: 90_000, pauseMs: 2_000, interruptions: 3, events: 300 };

/**
 * Starts a detached run, or attaches to it where a former call with the same job id has started it, and follows it
 * to its end. A run that was killed is started again, which repairs first.
 * Errors: what the run says (`changed` tells what it means), cancelled, server_busy, apply_interrupted, connection_lost.
 */
export async function followRun(
	remote: Remote,
	jobId: string,
	stdin: Buffer,
	follower: RunFollower
): Promise< Record< string, string > > {
	const started = Date.now();
	const told = { seq: 0 };
	let interruptions = 0;
	for (;;) {
		const end = await once( remote, jobId, stdin, follower, told );
		if ( end.end === 'done' ) {
			return end.detail;
		}
		if ( end.end === 'failed' ) {
			throw new GatewayError( end.code, toErrorDetail( end.detail ), end.changed );
		}
		if ( end.end === 'cancelled' ) {
			throw new GatewayError( 'cancelled', toErrorDetail( end.detail ), end.changed );
		}
		if ( end.end === 'busy' && Date.now() - started > limits.busyMs ) {
			throw new GatewayError( 'server_busy', { jobId: end.jobId } );
		}
		if ( end.end === 'refused' && end.reason !== 'incomplete' ) {
			throw new GatewayError( 'state_folder_foreign' );
		}
		if ( end.end !== 'busy' && ++interruptions > limits.interruptions ) {
			throw new GatewayError( 'apply_interrupted', {}, 'unknown' );
		}
		await sleep( limits.pauseMs, undefined, { signal: follower.signal } );
	}
}

/** One connection to the run. `told.seq` is the last event reported: the log is always read from its start. */
async function once(
	remote: Remote,
	jobId: string,
	stdin: Buffer,
	{ signal, cancel, onStep }: RunFollower,
	told: { seq: number }
): Promise< RunResult > {
	let end: RunResult | null = null;
	let reported: Promise< void > = Promise.resolve();
	const onLine = ( line: string ) => {
		const read = parseRunLine( line );
		if ( read && 'event' in read ) {
			const { step, phase, detail, seq } = read.event;
			if ( seq <= told.seq || seq > limits.events ) {
				return;
			}
			told.seq = seq;
			reported = reported.then( () => onStep( step, phase, toErrorDetail( detail ), seq ) );
			reported.catch( () => undefined ); // thrown where it is awaited
		} else if ( read ) {
			end = read.result;
		}
	};
	const asked = askToStop( remote, jobId, { signal, cancel } );
	try {
		await remote.run( startProgram, { stdin, signal, timeoutMs: limits.wholeMs, onLine } );
	} finally {
		asked.stop();
		await reported;
	}
	if ( end === null ) {
		throw new GatewayError( 'connection_lost', {}, 'unknown' );
	}
	return end;
}

/** Passes `cancel` on to the run, through a second channel of the same connection. */
function askToStop( remote: Remote, jobId: string, { signal, cancel }: { signal: AbortSignal; cancel: AbortSignal } ) {
	const ask = () => {
		remote
			.run( cancelProgram, { stdin: Buffer.from( `${ jobId }\n` ), signal, timeoutMs: 30_000 } )
			.catch( () => undefined );
	};
	// asked again until it is heard: the run's folder may not be there yet
	const again = setInterval( () => cancel.aborted && ask(), 1_500 );
	cancel.addEventListener( 'abort', ask );
	return {
		stop: () => {
			clearInterval( again );
			cancel.removeEventListener( 'abort', ask );
		},
	};
}
