import type { JobEvent, JobView } from '@email-gateway/shared';
import { call } from '../api/call.ts';
import { problemFrom, type Problem } from '../api/problem.ts';
import { patience, pauseMs } from './pace.ts';
import { hasEnded } from './steps.ts';

export interface JobWatch {
	job: JobView | null;
	/** All events so far, in order. */
	events: JobEvent[];
	/** Why the last question was not answered; null where it was. */
	trouble: Problem | null;
	/** True where nobody asks any more, though the job has not ended. */
	gaveUp: boolean;
}

export const unseen: JobWatch = { job: null, events: [], trouble: null, gaveUp: false };

const pause = ( ms: number, signal: AbortSignal ) =>
	new Promise< void >( ( resolve ) => {
		const timer = setTimeout( resolve, ms );
		signal.addEventListener( 'abort', () => {
			clearTimeout( timer );
			resolve();
		} );
	} );

/**
 * Reads a job's events until it has ended, telling `seen` of each answer and each failure. `from` is what is known of
 * it already: while nothing answers, that stays.
 */
export async function follow(
	{ serverId, jobId }: { serverId: number; jobId: string },
	{ seen, signal, from = unseen }: { seen: ( watch: JobWatch ) => void; signal: AbortSignal; from?: JobWatch }
): Promise< void > {
	let watch: JobWatch = { ...from, trouble: null, gaveUp: false };
	let lastNewsMs = Date.now();
	let failures = 0;
	while ( ! signal.aborted && failures < patience ) {
		try {
			const after = watch.events.at( -1 )?.seq ?? 0;
			const { job, events } = await call( 'readJob', { serverId, jobId, query: { after }, signal } );
			failures = 0;
			lastNewsMs = events.length > 0 ? Date.now() : lastNewsMs;
			watch = { job, events: [ ...watch.events, ...events ], trouble: null, gaveUp: false };
		} catch ( thrown ) {
			if ( signal.aborted ) {
				return;
			}
			failures += 1;
			const trouble = problemFrom( thrown );
			// of a job that has ended, only its steps are not told: nobody waits for them
			const isOver = watch.job !== null && hasEnded( watch.job.state );
			watch = { ...watch, trouble, gaveUp: isOver || trouble.code === 'not_found' || failures === patience };
		}
		seen( watch );
		if ( watch.gaveUp || ( watch.job && hasEnded( watch.job.state ) ) ) {
			return;
		}
		await pause( watch.trouble ? 5000 : pauseMs( Date.now() - lastNewsMs ), signal );
	}
}
