import type { EventDetail, JobError, JobEvent, JobState, JobView, Step, Verb } from '@email-gateway/shared';

export interface StepRow {
	step: Step;
	state: 'running' | 'done' | 'failed' | 'stopped';
	startedAt: string;
	endedAt: string | null;
	detail: EventDetail;
}

const endings: Partial< Record< JobEvent[ 'type' ], JobState > > = {
	started: 'running',
	taken_up_again: 'running',
	succeeded: 'succeeded',
	failed: 'failed',
	cancelled: 'cancelled',
};

/** A job's state as its events tell it. */
export function stateOf( events: readonly JobEvent[] ): JobState {
	return events.reduce< JobState >( ( state, event ) => endings[ event.type ] ?? state, 'queued' );
}

export function hasEnded( state: JobState ): boolean {
	return state === 'succeeded' || state === 'failed' || state === 'cancelled';
}

/** Why a job did not end well; null where it did, or goes on. A cancelled one tells in its last event what it left. */
export function failureOf( { job, events }: { job: JobView | null; events: readonly JobEvent[] } ): JobError | null {
	const last = events.at( -1 );
	const cancelled = last?.type === 'cancelled' ? last : null;
	return (
		job?.error ?? ( cancelled && { code: 'cancelled', detail: cancelled.detail ?? {}, changed: cancelled.changed } )
	);
}

/** The job that this one waits for, while it waits. */
export function waitsBehind( events: readonly JobEvent[] ): Verb | null {
	const last = events.at( -1 );
	return last?.type === 'queued' ? last.behind : null;
}

/**
 * The list a person watches. A step reported again after a lost worker continues its row; one that nobody ended
 * when the job ended counts as stopped.
 */
export function stepsOf( events: readonly JobEvent[] ): StepRow[] {
	const rows: StepRow[] = [];
	for ( const event of events ) {
		if ( event.type === 'step_started' ) {
			const open = rows.find( ( row ) => row.step === event.step && row.state === 'running' );
			if ( ! open ) {
				rows.push( { step: event.step, state: 'running', startedAt: event.at, endedAt: null, detail: {} } );
			}
		}
		if ( event.type === 'step_finished' || event.type === 'step_failed' ) {
			const state = event.type === 'step_finished' ? 'done' : 'failed';
			const ended = { step: event.step, state, endedAt: event.at, detail: event.detail } as const;
			const open = rows.findLastIndex( ( row ) => row.step === event.step && row.state === 'running' );
			if ( open === -1 ) {
				rows.push( { ...ended, startedAt: event.at } );
			} else {
				rows[ open ] = { ...ended, startedAt: ( rows[ open ] as StepRow ).startedAt };
			}
		}
	}
	return hasEnded( stateOf( events ) )
		? rows.map( ( row ) => ( row.state === 'running' ? { ...row, state: 'stopped' } : row ) )
		: rows;
}
