import type { JobEvent, NewJobEvent } from '@email-gateway/shared';
import type { Db } from './tables.ts';

/** Thrown to a worker that no longer holds the job: another one took it up, or it has ended. */
export class ClaimLost extends Error {
	constructor( jobId: string ) {
		super( `job ${ jobId } is no longer ours` );
		this.name = 'ClaimLost';
	}
}

export interface NewEvent {
	jobId: string;
	event: NewJobEvent;
	/** Delivery that writes; null: not a worker (a request). */
	attempt: number | null;
	serverSeq?: number | null;
}

/**
 * Appends an event under the next number. One that the server numbered and that is there already is left alone.
 * Call it in a transaction: the job's row is held, so numbers have no gaps. Errors: ClaimLost.
 */
export async function appendEvent( tx: Db, { jobId, event, attempt, serverSeq = null }: NewEvent ): Promise< void > {
	const job = await tx
		.selectFrom( 'jobs' )
		.select( [ 'last_seq', 'attempt', 'state' ] )
		.where( 'id', '=', jobId )
		.forUpdate()
		.executeTakeFirst();
	if ( ! job || ( attempt !== null && ( job.attempt !== attempt || job.state !== 'running' ) ) ) {
		throw new ClaimLost( jobId );
	}
	if ( serverSeq !== null && ( await isRecorded( tx, jobId, event.type, serverSeq ) ) ) {
		return;
	}
	const seq = job.last_seq + 1;
	await tx.updateTable( 'jobs' ).set( { last_seq: seq } ).where( 'id', '=', jobId ).execute();
	await tx
		.insertInto( 'job_events' )
		.values( { job_id: jobId, seq, at: new Date(), event: JSON.stringify( event ), server_seq: serverSeq } )
		.execute();
}

async function isRecorded( db: Db, jobId: string, type: NewJobEvent[ 'type' ], serverSeq: number ): Promise< boolean > {
	const rows = await db
		.selectFrom( 'job_events' )
		.select( 'event' )
		.where( 'job_id', '=', jobId )
		.where( 'server_seq', '=', serverSeq )
		.execute();
	return rows.some( ( { event } ) => event.type === type );
}

/** Events after `after`, at most 500, oldest first. */
export async function eventsAfter( db: Db, jobId: string, after: number ): Promise< JobEvent[] > {
	const rows = await db
		.selectFrom( 'job_events' )
		.select( [ 'seq', 'at', 'event' ] )
		.where( 'job_id', '=', jobId )
		.where( 'seq', '>', after )
		.orderBy( 'seq' )
		.limit( 500 )
		.execute();
	return rows.map( ( { seq, at, event } ) => ( { ...event, seq, at: at.toISOString() } ) as JobEvent );
}
