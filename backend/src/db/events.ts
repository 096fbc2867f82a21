import type { JobEvent, NewJobEvent } from '@email-gateway/shared';
import { json, type Db } from './tables.ts';

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
		.select( [ 'lastSeq', 'attempt', 'state' ] )
		.where( 'id', '=', jobId )
		.forUpdate()
		.executeTakeFirst();
	if ( ! job || ( attempt !== null && ( job.attempt !== attempt || job.state !== 'running' ) ) ) {
		throw new ClaimLost( jobId );
	}
	if ( serverSeq !== null && ( await isRecorded( tx, jobId, event.type, serverSeq ) ) ) {
		return;
	}
	const seq = job.lastSeq + 1;
	await tx.updateTable( 'jobs' ).set( { lastSeq: seq } ).where( 'id', '=', jobId ).execute();
	await tx
		.insertInto( 'jobEvents' )
		.values( { jobId, seq, at: new Date(), event: json( event ), serverSeq } )
		.execute();
}

async function isRecorded( db: Db, jobId: string, type: NewJobEvent[ 'type' ], serverSeq: number ): Promise< boolean > {
	const rows = await db
		.selectFrom( 'jobEvents' )
		.select( 'event' )
		.where( 'jobId', '=', jobId )
		.where( 'serverSeq', '=', serverSeq )
		.execute();
	return rows.some( ( { event } ) => event.type === type );
}

/** Events after `after`, at most 500, oldest first. */
export async function eventsAfter( db: Db, jobId: string, after: number ): Promise< JobEvent[] > {
	const rows = await db
		.selectFrom( 'jobEvents' )
		.select( [ 'seq', 'at', 'event' ] )
		.where( 'jobId', '=', jobId )
		.where( 'seq', '>', after )
		.orderBy( 'seq' )
		.limit( 500 )
		.execute();
	return rows.map( ( { seq, at, event } ) => ( { ...event, seq, at: at.toISOString() } ) as JobEvent );
}
