import type { App } from '../app.ts';
import { ClaimLost } from '../db/events.ts';
import { type Job, jobById } from '../db/jobs.ts';
import { GatewayError } from '../errors.ts';
import type { JobContext } from './context.ts';
import { isCancelOver } from './deadline.ts';

/** One look at the row of a running job: somebody else has it now, or somebody wants it cancelled. */
export async function watchJob(
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
