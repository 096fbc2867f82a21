import type { App } from '../app.ts';
import { ClaimLost } from '../db/events.ts';
import { claimJob } from '../db/job-life.ts';
import { isGenuineJob } from '../db/genuine.ts';
import { jobById } from '../db/jobs.ts';
import { serverOf } from '../db/servers.ts';
import { recordOf } from '../db/change-server.ts';
import { siteById } from '../db/sites.ts';
import { GatewayError, isFailure } from '../errors.ts';
import { leftMs, minutesOf } from './deadline.ts';
import { makeContext } from './context.ts';
import { outcomeOf } from './outcome.ts';
import type { Delivery } from './queue.ts';
import { runThroughCuts, stopped } from './through-cuts.ts';
import { movedOn, refuseEnded, refuseUnready } from './may-run.ts';
import { end } from './end-job.ts';
import { watchJob } from './watch-job.ts';

/** More deliveries than restarts explain: the job itself ends its worker. */
const mostDeliveries = 50;
const lookForCancelMs = 1000;

/** Takes jobs from the queue until it stops. */
export function work( app: App ): Promise< void > {
	return app.queue.work( ( delivery ) => take( app, delivery ), { jobsAtOnce: app.config.jobsAtOnce } );
}

/** One delivery: claims the job, runs its verb, writes how it ended. Throws to have it delivered again. */
async function take( app: App, { jobId, deliveredBefore, signal }: Delivery ): Promise< void > {
	const found = await jobById( app.db, jobId );
	const server = found && ( await serverOf( app.db, app.vault, { siteId: found.siteId, serverId: found.serverId } ) );
	if ( ! found || ! server || ( await movedOn( app, found, server ) ) ) {
		return;
	}
	const job = await app.db.transaction().execute( ( tx ) => claimJob( tx, jobId ) );
	if ( ! job ) {
		return;
	}
	if ( ! isGenuineJob( app.vault, job ) ) {
		app.log.error( { jobId }, 'a job that we did not write is not done' );
		return end( app, job, {
			state: 'failed',
			error: { code: 'record_not_genuine', detail: { record: 'jobs' }, changed: 'nothing' },
		} );
	}
	if ( deliveredBefore >= mostDeliveries ) {
		return end( app, job, {
			state: 'failed',
			error: { code: 'apply_interrupted', detail: { deliveredBefore }, changed: 'unknown' },
		} );
	}
	const cancel = new AbortController();
	const lost = new AbortController();
	const stop = new AbortController();
	const over = new AbortController();
	const site = await siteById( app.db, app.vault, job.siteId );
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
	const log = app.log.child( { jobId, verb: job.verb } );
	try {
		if ( leftMs( job ) <= 0 ) {
			throw tooLong;
		}
		refuseEnded( site, job );
		refuseUnready( job, server );
		// not the verb decides whether it ends: what it waits for may not listen
		const { result, record } = await Promise.race( [ runThroughCuts( context ), stopped( context ) ] );
		await end( app, job, { state: 'succeeded', result }, record );
		log.info( 'job succeeded' );
	} catch ( thrown ) {
		if ( letGo.aborted || thrown instanceof ClaimLost ) {
			log.info( { deliveredBefore }, 'job let go' );
			throw thrown;
		}
		const error: unknown = stop.signal.aborted ? stop.signal.reason : thrown;
		const applying = context.isApplying();
		const outcome = outcomeOf( error, { applying } );
		const isBug = ! isFailure( error );
		log[ isBug ? 'error' : 'info' ]( { ...( isBug ? { err: error } : {} ), outcome }, 'job ended' );
		const isLeft = applying && ( isBug || error.changed === null );
		// what was begun there may go on: until the next look has seen it, nothing else is known
		await end( app, job, outcome, isLeft ? ( tx ) => recordOf( tx, server, { unfinished: true } ) : undefined );
	} finally {
		clearInterval( watch );
		clearTimeout( deadline );
		over.abort( new Error( 'the job has ended' ) );
	}
}
