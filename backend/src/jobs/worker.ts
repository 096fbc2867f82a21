import { setTimeout as delay } from 'node:timers/promises';
import type { App } from '../app.ts';
import { ClaimLost } from '../db/events.ts';
import { claimJob, endJob, type Outcome } from '../db/job-life.ts';
import { jobById, type Job } from '../db/jobs.ts';
import { identityOf, serverOf, type Server } from '../db/servers.ts';
import { siteById } from '../db/sites.ts';
import { GatewayError } from '../errors.ts';
import { makeContext, type Done, type JobContext } from './context.ts';
import { runVerb } from './handlers.ts';
import { dropJobSecrets } from './job-secrets.ts';
import { outcomeOf } from './outcome.ts';
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
] );

/** Takes jobs from the queue until it stops. */
export function work( app: App ): Promise< void > {
	return app.queue.work( ( delivery ) => take( app, delivery ), { jobsAtOnce: app.config.jobsAtOnce } );
}

/** One delivery: claims the job, runs its verb, writes how it ended. Throws to have it delivered again. */
async function take( app: App, { jobId, deliveredBefore, signal }: Delivery ): Promise< void > {
	const found = await jobById( app.db, jobId );
	const server = found && ( await serverOf( app.db, { siteId: found.site_id, serverId: found.server_id } ) );
	if ( ! found || ! server || ( await movedOn( app, found, server ) ) ) {
		return;
	}
	const job = await app.db.transaction().execute( ( tx ) => claimJob( tx, jobId ) );
	if ( ! job ) {
		return;
	}
	if ( deliveredBefore >= mostDeliveries ) {
		return end( app, job, {
			state: 'failed',
			error: { code: 'apply_interrupted', detail: { deliveredBefore }, changed: 'unknown' },
		} );
	}
	const cancel = new AbortController();
	const lost = new AbortController();
	const watch = setInterval( () => void watchJob( app, job, { cancel, lost } ).catch( () => {} ), lookForCancelMs );
	const site = await siteById( app.db, job.site_id );
	const context = makeContext( {
		app,
		job,
		server,
		site,
		signal: AbortSignal.any( [ signal, lost.signal ] ),
		cancel: cancel.signal,
	} );
	const log = app.log.child( { jobId, verb: job.verb } );
	try {
		refuseUntrusted( job, server );
		const { result, record } = await runThroughCuts( context );
		await end( app, job, { state: 'succeeded', result }, record );
		log.info( 'job succeeded' );
	} catch ( error ) {
		if ( context.signal.aborted || error instanceof ClaimLost ) {
			log.info( { deliveredBefore }, 'job let go' );
			throw error;
		}
		const outcome = outcomeOf( error, { applying: context.isApplying() } );
		const isBug = ! ( error instanceof GatewayError );
		log[ isBug ? 'error' : 'info' ]( { ...( isBug ? { err: error } : {} ), outcome }, 'job ended' );
		await end( app, job, outcome );
	} finally {
		clearInterval( watch );
	}
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
			const isCut = error instanceof GatewayError && lostConnection.has( error.code );
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
	await app.db
		.transaction()
		.execute( ( tx ) => app.queue.send( tx, { jobId: job.id, identity, siteId: job.site_id } ) );
	return true;
}

/** Errors: host_key_changed, host_key_not_trusted: nothing but a check reaches a server whose key is not trusted now. */
function refuseUntrusted( { verb }: Job, { host_key: key }: Server ): void {
	if ( verb === 'check_connection' || verb === 'find_settings' || key?.state === 'trusted' ) {
		return;
	}
	if ( key?.state === 'changed' ) {
		throw new GatewayError( 'host_key_changed', {
			fingerprint: key.fingerprint,
			seenFingerprint: key.seenFingerprint,
		} );
	}
	throw new GatewayError( 'host_key_not_trusted' );
}

async function watchJob(
	{ db }: App,
	{ id, attempt }: Job,
	{ cancel, lost }: { cancel: AbortController; lost: AbortController }
): Promise< void > {
	const now = await jobById( db, id );
	if ( now?.attempt !== attempt || now.state !== 'running' ) {
		lost.abort( new ClaimLost( id ) );
	} else if ( now.cancel_requested_at ) {
		cancel.abort( new GatewayError( 'cancelled' ) );
	}
}

/** The last event, what the verb records, and the end of every secret that only this job needed, all at once. */
async function end( { db, secrets }: App, job: Job, outcome: Outcome, record?: Done[ 'record' ] ): Promise< void > {
	await db.transaction().execute( async ( tx ) => {
		await endJob( tx, { jobId: job.id, attempt: job.attempt }, outcome );
		await record?.( tx );
		await dropJobSecrets( { secrets }, tx, { siteId: job.site_id, serverId: job.server_id, jobId: job.id } );
	} );
}
