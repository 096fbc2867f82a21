import { setTimeout as delay } from 'node:timers/promises';
import type { App } from '../app.ts';
import { ClaimLost } from '../db/events.ts';
import { claimJob, endJob, type Outcome } from '../db/job-life.ts';
import { isGenuineJob } from '../db/genuine.ts';
import { dropJobSecrets } from '../db/job-secrets.ts';
import { jobById, type Job } from '../db/jobs.ts';
import { identityOf, recordOf, serverOf, type Server } from '../db/servers.ts';
import { letGoOfDefaults } from '../db/settings.ts';
import { lookSoon } from '../db/watches.ts';
import { isExpired, siteById, type Site } from '../db/sites.ts';
import { GatewayError, isFailure } from '../errors.ts';
import { refuseTampered, refuseUntrusted } from '../servers/readiness.ts';
import { isCancelOver, leftMs, minutesOf } from './deadline.ts';
import { makeContext, type Done, type JobContext } from './context.ts';
import { runVerb } from './handlers.ts';
import { outcomeOf } from './outcome.ts';
import { shareOf } from './share.ts';
import type { Delivery } from './queue.ts';

/** More deliveries than restarts explain: the job itself ends its worker. */
const mostDeliveries = 50;
const lookForCancelMs = 1000;
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

/** Never fulfilled; rejects as soon as the job is to stop. */
function stopped( context: JobContext ): Promise< never > {
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
async function runThroughCuts( context: JobContext ): Promise< Done > {
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

/** A job that was queued before its server's key was trusted waits in the line of that key instead. */
async function movedOn( app: App, job: Job, server: Server ): Promise< boolean > {
	const identity = identityOf( server );
	if ( identity === job.identity ) {
		return false;
	}
	await app.db.transaction().execute( async ( tx ) => {
		const share = await shareOf( tx, { siteId: job.siteId, serverId: job.serverId, askedBy: job.askedBy } );
		await app.queue.send( tx, { jobId: job.id, identity, ...share } );
	} );
	return true;
}

/** What is being changed is brought to its end. Errors: site_revoked, site_key_expired: what gave us the right has ended. */
function refuseEnded( site: Site, { applying }: Job ): void {
	if ( applying ) {
		return;
	}
	if ( site.revokedAt !== null ) {
		throw new GatewayError( 'site_revoked' );
	}
	if ( isExpired( site, Date.now() ) ) {
		throw new GatewayError( 'site_key_expired' );
	}
}

/** Errors: those of refuseUntrusted. A check reaches a server to learn its key, and Find Settings reaches none. */
function refuseUnready( { verb }: Job, server: Server ): void {
	refuseTampered( server );
	if ( verb !== 'check_connection' && verb !== 'find_settings' ) {
		refuseUntrusted( server );
	}
}

async function watchJob(
	{ db }: App,
	{
		job: { id, attempt },
		context,
		cancel,
		lost,
		stop,
	}: { job: Job; context: JobContext } & Record< 'cancel' | 'lost' | 'stop', AbortController >
): Promise< void > {
	const now = await jobById( db, id );
	if ( now?.attempt !== attempt || now.state !== 'running' ) {
		lost.abort( new ClaimLost( id ) );
	} else if ( now.cancelRequestedAt ) {
		cancel.abort( new GatewayError( 'cancelled' ) );
		const asked = { askedAt: now.cancelRequestedAt.getTime(), heardAt: context.heardAt() };
		if ( context.isApplying() && isCancelOver( asked ) ) {
			stop.abort( new GatewayError( 'cancelled', { reason: 'server_silent' } ) );
		}
	}
}

/** An install that left nothing on the server. */
function isUndone( { verb }: Job, outcome: Outcome ): boolean {
	const changed =
		outcome.state === 'failed' ? outcome.error.changed : outcome.state === 'cancelled' && outcome.changed;
	return verb === 'install_gateway' && ( changed === 'nothing' || changed === 'undone' );
}

/** The last event, what the verb records, and the end of every secret that only this job needed, all at once. */
async function end( { db, secrets }: App, job: Job, outcome: Outcome, record?: Done[ 'record' ] ): Promise< void > {
	await db.transaction().execute( async ( tx ) => {
		await endJob( tx, { jobId: job.id, attempt: job.attempt }, outcome );
		await record?.( tx );
		if ( isUndone( job, outcome ) ) {
			await letGoOfDefaults( tx, { siteId: job.siteId, serverId: job.serverId } );
		}
		await lookSoon( tx, { siteId: job.siteId, serverId: job.serverId } );
		await dropJobSecrets( { secrets }, tx, { siteId: job.siteId, serverId: job.serverId, jobId: job.id } );
	} );
}
