import type { EventDetail, JobError, JobResult } from '@email-gateway/shared';
import { GatewayError } from '../errors.ts';
import { appendEvent } from './events.ts';
import type { Job } from './jobs.ts';
import { json, type Db } from './tables.ts';

/** Takes the job for one delivery; whoever held it before may no longer write. null: it has ended. */
export async function claimJob( tx: Db, jobId: string ): Promise< Job | null > {
	const before = await tx.selectFrom( 'jobs' ).selectAll().where( 'id', '=', jobId ).forUpdate().executeTakeFirst();
	if ( ! before || ( before.state !== 'queued' && before.state !== 'running' ) ) {
		return null;
	}
	const job = await tx
		.updateTable( 'jobs' )
		.set( { state: 'running', attempt: before.attempt + 1, startedAt: before.startedAt ?? new Date() } )
		.where( 'id', '=', jobId )
		.returningAll()
		.executeTakeFirstOrThrow();
	const event = { type: before.state === 'queued' ? 'started' : 'taken_up_again' } as const;
	await appendEvent( tx, { jobId, attempt: job.attempt, event } );
	return job;
}

export type Outcome =
	| { state: 'succeeded'; result: JobResult }
	| { state: 'failed'; error: JobError }
	| { state: 'cancelled'; changed: JobError[ 'changed' ]; detail: EventDetail };

/** Ends a job with its last event. Errors: ClaimLost. */
export async function endJob(
	tx: Db,
	{ jobId, attempt }: { jobId: string; attempt: number | null },
	outcome: Outcome
): Promise< void > {
	const event =
		outcome.state === 'succeeded'
			? ( { type: 'succeeded' } as const )
			: outcome.state === 'failed'
			? ( { type: 'failed', error: outcome.error } as const )
			: ( { type: 'cancelled', changed: outcome.changed, detail: outcome.detail } as const );
	await appendEvent( tx, { jobId, attempt, event } );
	await tx
		.updateTable( 'jobs' )
		.set( {
			state: outcome.state,
			finishedAt: new Date(),
			result: outcome.state === 'succeeded' ? json( outcome.result ) : null,
			error: outcome.state === 'failed' ? json( outcome.error ) : null,
		} )
		.where( 'id', '=', jobId )
		.execute();
}

/** A server that has told nothing for so long may hang: whoever waits for it may let go of it at any time. */
const silentMs = 60_000;

/**
 * Asks a job to stop: a waiting one ends at once.
 * Errors: job_already_ended; too_late_to_cancel once the change on the server was committed, or a removal gives back,
 * unless the server has fallen silent since.
 */
export async function cancelJob( tx: Db, jobId: string, by: string ): Promise< 'ended' | 'asked' > {
	const job = await tx
		.selectFrom( 'jobs' )
		.selectAll()
		.where( 'id', '=', jobId )
		.forUpdate()
		.executeTakeFirstOrThrow();
	if ( job.state !== 'queued' && job.state !== 'running' ) {
		throw new GatewayError( 'job_already_ended' );
	}
	if ( ( await isCommitted( tx, jobId ) ) && ! ( await isSilent( tx, jobId ) ) ) {
		throw new GatewayError( 'too_late_to_cancel' );
	}
	if ( job.cancelRequestedAt ) {
		return 'asked';
	}
	await tx.updateTable( 'jobs' ).set( { cancelRequestedAt: new Date() } ).where( 'id', '=', jobId ).execute();
	await appendEvent( tx, { jobId, attempt: null, event: { type: 'cancel_requested', by } } );
	if ( job.state === 'queued' ) {
		await endJob( tx, { jobId, attempt: null }, { state: 'cancelled', changed: 'nothing', detail: {} } );
		return 'ended';
	}
	return 'asked';
}

async function isSilent( db: Db, jobId: string ): Promise< boolean > {
	const last = await db
		.selectFrom( 'jobEvents' )
		.select( 'at' )
		.where( 'jobId', '=', jobId )
		.orderBy( 'seq', 'desc' )
		.limit( 1 )
		.executeTakeFirst();
	return last !== undefined && Date.now() - last.at.getTime() > silentMs;
}

async function isCommitted( db: Db, jobId: string ): Promise< boolean > {
	const rows = await db.selectFrom( 'jobEvents' ).select( 'event' ).where( 'jobId', '=', jobId ).execute();
	return rows.some(
		( { event } ) =>
			( event.type === 'step_finished' && event.step === 'commit' ) ||
			// a removal that has begun to give back goes on to its end
			( event.type === 'step_started' && event.step === 'restore' )
	);
}
