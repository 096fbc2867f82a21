import { setTimeout as sleep } from 'node:timers/promises';
import type { JobView } from '../../shared/src/index.ts';
import type { Ask } from '../wordpress/rest.ts';

/**
 * Asks until a job has ended. Throws where it is still running after `timeoutMs`.
 *
 * @return the job, whatever its end
 */
export async function ended(
	ask: Ask,
	ids: { serverId: number; jobId: string },
	{ everyMs = 20, timeoutMs = 300_000 }: { everyMs?: number; timeoutMs?: number } = {}
): Promise< JobView > {
	for ( const giveUpAt = Date.now() + timeoutMs; ;  ) {
		const { job } = await ask( 'readJob', { after: 0 }, ids );
		if ( job.finishedAt !== null ) {
			return job;
		}
		if ( Date.now() > giveUpAt ) {
			throw new Error( `The job ${ job.verb } of server ${ ids.serverId } is still ${ job.state }.` );
		}
		await sleep( everyMs );
	}
}

/** The same for a job that must succeed. */
export async function succeeded( ...args: Parameters< typeof ended > ): Promise< JobView > {
	const job = await ended( ...args );
	if ( job.state !== 'succeeded' ) {
		throw new Error( `${ job.verb } of server ${ job.serverId } ${ job.state }: ${ JSON.stringify( job.error ) }` );
	}
	return job;
}
