import { Spinner } from '@wordpress/components';
import { _x } from '@wordpress/i18n';
import { Disclosure } from '../ui/disclosure.tsx';
import { StepList } from './step-list.tsx';
import { hasEnded, type StepRow } from './steps.ts';
import type { TrackedJob } from './use-job.ts';

/** The steps of a job: open while they happen, and where one has just failed; else one click away, and asked for by it. */
export function JobSteps( { job, rows }: { job: TrackedJob; rows: StepRow[] } ) {
	const { active, fresh, watch } = job;
	const failed = watch.job?.state === 'failed';
	if ( active || ( fresh && failed ) ) {
		return <StepList rows={ rows } />;
	}
	if ( fresh ? rows.length === 0 : ! watch.job || ! hasEnded( watch.job.state ) ) {
		return null;
	}
	const waits = watch.events.length === 0 && ! watch.trouble;
	return (
		<Disclosure
			summary={ _x( 'Steps', 'heading', 'email-gateway' ) }
			onToggle={ ( isOpen ) => isOpen && job.readSteps() }
		>
			{ waits ? <Spinner /> : <StepList rows={ rows } /> }
		</Disclosure>
	);
}
