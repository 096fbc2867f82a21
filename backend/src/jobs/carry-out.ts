import { recordOf } from '../db/change-server.ts';
import { ClaimLost } from '../db/events.ts';
import { isFailure } from '../errors.ts';
import type { JobContext } from './context.ts';
import { leftMs } from './deadline.ts';
import { end } from './end-job.ts';
import type { HeldJob } from './hold-job.ts';
import { refuseEnded, refuseUnready } from './may-run.ts';
import { outcomeOf } from './outcome.ts';
import { runThroughCuts, stopped } from './through-cuts.ts';

/** Runs the verb of a job and writes how it ended. Throws where the job goes on elsewhere. */
export async function carryOut( held: HeldJob, { deliveredBefore }: { deliveredBefore: number } ): Promise< void > {
	const { context, letGo, stop } = held;
	try {
		await succeed( held );
	} catch ( thrown ) {
		if ( letGo.aborted || thrown instanceof ClaimLost ) {
			logOf( context ).info( { deliveredBefore }, 'job let go' );
			throw thrown;
		}
		await fail( context, stop.aborted ? stop.reason : thrown );
	}
}

async function succeed( { context, tooLong }: HeldJob ): Promise< void > {
	const { app, job, server, site } = context;
	if ( leftMs( job ) <= 0 ) {
		throw tooLong;
	}
	refuseEnded( site, job );
	refuseUnready( job, server );
	// not the verb decides whether it ends: what it waits for may not listen
	const { result, record } = await Promise.race( [ runThroughCuts( context ), stopped( context ) ] );
	await end( app, job, { state: 'succeeded', result }, record );
	logOf( context ).info( 'job succeeded' );
}

async function fail( context: JobContext, error: unknown ): Promise< void > {
	const { app, job, server } = context;
	const applying = context.isApplying();
	const outcome = outcomeOf( error, { applying } );
	const isBug = ! isFailure( error );
	logOf( context )[ isBug ? 'error' : 'info' ]( { ...( isBug ? { err: error } : {} ), outcome }, 'job ended' );
	const isLeft = applying && ( isBug || error.changed === null );
	// what was begun there may go on: until the next look has seen it, nothing else is known
	await end( app, job, outcome, isLeft ? ( tx ) => recordOf( tx, server, { unfinished: true } ) : undefined );
}

const logOf = ( { app, job }: JobContext ) => app.log.child( { jobId: job.id, verb: job.verb } );
