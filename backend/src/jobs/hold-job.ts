import type { App } from '../app.ts';
import type { Job } from '../db/jobs.ts';
import type { Server } from '../db/servers.ts';
import type { Site } from '../db/sites.ts';
import { GatewayError } from '../errors.ts';
import { makeContext, type JobContext } from './context.ts';
import { leftMs, minutesOf } from './deadline.ts';
import { watchJob } from './watch-job.ts';

const lookForCancelMs = 1000;

/** A job that this worker has, until it is released. */
export interface HeldJob {
	context: JobContext;
	/** Aborted when the job goes on elsewhere: another worker has it, or this one shuts down. */
	letGo: AbortSignal;
	/** Aborted when the job ends here whatever its verb does; the reason says why. */
	stop: AbortSignal;
	/** What a job fails with that takes longer than its kind may. */
	tooLong: GatewayError;
	/** Ends all that watches the job and all that still works for it. */
	release(): void;
}

/** Watches a claimed job: who has it, whether a person cancels it, and how long it takes. */
export function holdJob(
	app: App,
	{ job, server, site, signal }: { job: Job; server: Server; site: Site; signal: AbortSignal }
): HeldJob {
	const cancel = new AbortController();
	const lost = new AbortController();
	const stop = new AbortController();
	const over = new AbortController();
	const letGo = AbortSignal.any( [ signal, lost.signal ] );
	const context = makeContext( {
		...{ app, job, server, site },
		signal: AbortSignal.any( [ letGo, stop.signal, over.signal ] ),
		cancel: cancel.signal,
	} );
	const watching = { job, context, cancel, lost, stop };
	const watch = setInterval( () => void watchJob( app, watching ).catch( () => {} ), lookForCancelMs );
	const tooLong = new GatewayError( 'job_took_too_long', { minutes: minutesOf( job ) } );
	const deadline = setTimeout( () => stop.abort( tooLong ), Math.max( 0, leftMs( job ) ) );
	return {
		...{ context, letGo, stop: stop.signal, tooLong },
		release() {
			clearInterval( watch );
			clearTimeout( deadline );
			over.abort( new Error( 'the job has ended' ) );
		},
	};
}
