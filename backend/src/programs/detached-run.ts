import { setTimeout as sleep } from 'node:timers/promises';
import { detailOf, type EventDetail, type Step } from '@email-gateway/shared';
import { GatewayError } from '../errors.ts';
import type { Remote } from '../ssh/remote.ts';
import { programs } from './compose.ts';
import { filled, parseRunLine, toEventDetail, type RunResult } from './run-log.ts';

/**
 * Steps as they happen on the server. `serverSeq` is a step's number in the log of a run, null where it has none, and
 * stays the same when a later call attaches, so that a reader can skip what it has.
 */
export type OnStep = (
	step: Step,
	phase: 'started' | 'finished' | 'failed',
	detail: EventDetail,
	serverSeq: number | null
) => void | Promise< void >;

export interface RunFollower {
	/** Stop waiting: what runs on the server goes on there. */
	signal: AbortSignal;
	/** The person asked to stop: before its commit the run gives everything back. */
	cancel: AbortSignal;
	/** Each step of the server's log, in order. */
	onStep: OnStep;
	/** The server has said something: it lives. While a run goes on, that is about each second. */
	onSign?: () => void;
}

const limits = {
	wholeMs: 30 * 60_000,
	/** start.sh says a word each second: what says nothing for so long hangs, though its connection may stand. */
	silentMs: 90_000,
	busyMs: 90_000,
	pauseMs: 2_000,
	interruptions: 3,
	// a run tells some twenty events, and as many again for each repair: more is a server that fills our database
	events: 300,
};

/**
 * Starts a detached run, or attaches to it where a former call with the same job id has started it, and follows it
 * to its end. A run that was killed is started again, which repairs first. One session at a time: a server may take no
 * more (MaxSessions of sshd).
 * Errors: what the run says (`changed` tells what it means), cancelled, server_busy, apply_interrupted, connection_lost,
 * server_timed_out, session_refused.
 */
export async function followRun(
	remote: Remote,
	jobId: string,
	stdin: Buffer,
	follower: RunFollower
): Promise< Record< string, string > > {
	const { signal, cancel } = follower;
	const started = Date.now();
	const told = { seq: 0 };
	let interruptions = 0;
	let wasToldToStop = false;
	for (;;) {
		if ( cancel.aborted && ! wasToldToStop ) {
			wasToldToStop = await tellToStop( remote, jobId, signal );
		}
		const end = await once( remote, jobId, stdin, { follower, told, wasToldToStop } );
		if ( end === 'left' ) {
			continue;
		}
		if ( end.end === 'done' ) {
			return end.detail;
		}
		if ( end.end === 'failed' ) {
			throw new GatewayError( end.code, detailOf( end.code, filled( end.detail ) ), end.changed );
		}
		if ( end.end === 'cancelled' ) {
			throw new GatewayError( 'cancelled', detailOf( 'cancelled', filled( end.detail ) ), end.changed );
		}
		if ( end.end === 'busy' && Date.now() - started > limits.busyMs ) {
			throw new GatewayError( 'server_busy', { jobId: end.jobId }, 'nothing' );
		}
		if ( end.end === 'refused' && end.reason !== 'incomplete' ) {
			throw new GatewayError( 'state_folder_foreign', {}, 'nothing' );
		}
		if ( end.end !== 'busy' && ++interruptions > limits.interruptions ) {
			throw new GatewayError( 'apply_interrupted', {}, 'unknown' );
		}
		await sleep( limits.pauseMs, undefined, { signal } );
	}
}

interface Reading {
	follower: RunFollower;
	/** The last event reported: the log is always read from its start. */
	told: { seq: number };
	wasToldToStop: boolean;
}

/** Reads the run until it ends, or is left because it is to be told to stop first. */
async function once(
	remote: Remote,
	jobId: string,
	stdin: Buffer,
	{ follower: { signal, cancel, onStep, onSign }, told, wasToldToStop }: Reading
): Promise< RunResult | 'left' > {
	let end: RunResult | null = null;
	let reported: Promise< void > = Promise.resolve();
	const left = new AbortController();
	const leave = () => left.abort( 'left' );
	const silence = () => left.abort( new GatewayError( 'server_timed_out', { stage: 'run' } ) );
	let silent = setTimeout( silence, limits.silentMs );
	const onLine = ( line: string ) => {
		clearTimeout( silent );
		silent = setTimeout( silence, limits.silentMs );
		onSign?.();
		const read = parseRunLine( line );
		if ( read && 'event' in read ) {
			const { step, phase, detail, seq } = read.event;
			if ( seq <= told.seq || seq > limits.events ) {
				return;
			}
			told.seq = seq;
			reported = reported.then( () => onStep( step, phase, toEventDetail( detail ), seq ) );
			reported.catch( () => undefined ); // thrown where it is awaited
		} else if ( read ) {
			end = read.result;
		}
	};
	// where it was not heard, the run has no folder yet: it is let begin, and told again
	const again = cancel.aborted && ! wasToldToStop ? setTimeout( leave, limits.pauseMs ) : undefined;
	cancel.addEventListener( 'abort', leave );
	try {
		const stop = AbortSignal.any( [ signal, left.signal ] );
		await remote.run( programs.start, { stdin, signal: stop, timeoutMs: limits.wholeMs, onLine } );
	} catch ( error ) {
		if ( error === 'left' && ! signal.aborted ) {
			return 'left';
		}
		throw error;
	} finally {
		clearTimeout( silent );
		clearTimeout( again );
		cancel.removeEventListener( 'abort', leave );
		await reported;
	}
	if ( end === null ) {
		throw new GatewayError( 'connection_lost', {}, 'unknown' );
	}
	return end;
}

/** Passes on that the person asked to stop. Returns whether there is a run that hears it. */
async function tellToStop( remote: Remote, jobId: string, signal: AbortSignal ): Promise< boolean > {
	const stdin = Buffer.from( `${ jobId }\n` );
	const { exitCode } = await remote.run( programs.cancel, { stdin, signal, timeoutMs: 30_000 } );
	return exitCode === 0;
}
