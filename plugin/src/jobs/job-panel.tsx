import type { ReactNode } from 'react';
import { __, _x, sprintf } from '@wordpress/i18n';
import type { JobView } from '@email-gateway/shared';
import { call } from '../api/call.ts';
import { useRequest } from '../api/use-request.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { FailureNotice, ProblemNotice } from '../ui/failure-notice.tsx';
import { elapsed, relativeTime } from '../words/time.ts';
import { verbWords } from '../words/steps.ts';
import { JobSteps } from './job-steps.tsx';
import { failureOf, stateOf, stepsOf, waitsBehind } from './steps.ts';
import { useAnnouncements } from './use-announcements.ts';
import { useSeconds } from './use-seconds.ts';
import type { TrackedJob } from './use-job.ts';

interface JobPanelProps {
	job: TrackedJob;
	/** What the failure notice offers besides its words, e.g. Install Anyway. */
	remedy?: ReactNode;
	/** What to do, where the usual words do not fit the person. */
	advice?: string | undefined;
}

/** A job as it happens: steps, elapsed time, Cancel; afterwards why it failed. A good end is told by its section. */
export function JobPanel( { job, remedy, advice }: JobPanelProps ) {
	const { watch, active, verb } = job;
	const rows = stepsOf( watch.events );
	const nowMs = useSeconds( active );
	useAnnouncements( rows, active );
	const state = watch.job?.state ?? stateOf( watch.events );
	const quietSuccess = state === 'succeeded' && ! job.fresh;
	if ( quietSuccess || ( ! active && ! watch.job && ! watch.trouble ) ) {
		return null;
	}
	const error = failureOf( watch );
	const begunAt = watch.job?.startedAt ?? watch.job?.createdAt ?? null;
	const endedMs = watch.job?.finishedAt ? new Date( watch.job.finishedAt ).getTime() : nowMs;
	return (
		<div className="email-gateway-job" data-job-state={ state } data-verb={ verb }>
			{ active && (
				<p className="email-gateway-job-head">
					<strong>{ headline( job, state ) }</strong>{ ' ' }
					{ begunAt && (
						<span className="email-gateway-clock">
							{ elapsed( endedMs - new Date( begunAt ).getTime() ) }
						</span>
					) }
					<CancelButton job={ job } />
				</p>
			) }
			<JobSteps job={ job } rows={ rows } />
			{ watch.trouble && (
				<ProblemNotice problem={ watch.trouble } onRetry={ watch.gaveUp ? job.retry : undefined } />
			) }
			{ error && (
				<FailureNotice
					error={ error }
					advice={ advice }
					tried={ job.fresh ? undefined : triedWords( watch.job ) }
					onDismiss={ job.dismiss }
				>
					{ remedy }
				</FailureNotice>
			) }
		</div>
	);
}

/** An old failure says that it is old. */
function triedWords( ended: JobView | null ): string | undefined {
	if ( ended?.by === '' ) {
		return sprintf(
			/* translators: %s: for example "9 days ago" */
			__( 'Tried by the backend %s.', 'email-gateway' ),
			relativeTime( ended.finishedAt ?? ended.createdAt )
		);
	}
	return ended
		? sprintf(
				/* translators: 1: for example "9 days ago", 2: login of a person */
				__( 'Tried %1$s by %2$s.', 'email-gateway' ),
				relativeTime( ended.finishedAt ?? ended.createdAt ),
				ended.by
		  )
		: undefined;
}

function headline( { watch, verb }: TrackedJob, state: string ): string {
	const behind = waitsBehind( watch.events );
	if ( watch.job?.cancelRequested ) {
		return _x( 'Cancelling…', 'of a job', 'email-gateway' );
	}
	if ( state === 'queued' && behind ) {
		/* translators: %s: name of a button, e.g. Install Email Gateway */
		return sprintf( __( 'Waiting until “%s” has ended…', 'email-gateway' ), verbWords( behind ).name );
	}
	return state === 'queued' ? __( 'Waiting to start…', 'email-gateway' ) : verbWords( verb ).doing;
}

function CancelButton( { job: { watch, jobId, serverId } }: { job: TrackedJob } ) {
	const request = useRequest();
	const cancel = () => request.send( () => call( 'cancelJob', { serverId, jobId } ) );
	return (
		<>
			<ActionButton
				variant="link"
				busy={ request.busy }
				disabled={ watch.job?.cancelRequested }
				onClick={ cancel }
			>
				{ _x( 'Cancel', 'button', 'email-gateway' ) }
			</ActionButton>
			{ request.problem && <ProblemNotice problem={ request.problem } /> }
		</>
	);
}
