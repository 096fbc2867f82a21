import type { ReactNode } from 'react';
import type { JobResult } from '@email-gateway/shared';
import { ProblemNotice } from '../ui/failure-notice.tsx';
import { JobPanel } from './job-panel.tsx';
import type { JobCallState } from './use-job-call.ts';

interface JobOutcomeProps {
	of: JobCallState;
	/** As of JobPanel. */
	advice?: string | undefined;
	remedy?: ReactNode;
	/** How a good end is told. */
	children?: ( result: JobResult ) => ReactNode;
}

/** What became of a call: why it was refused, its job as it happens, how that ended. */
export function JobOutcome( { of: { problem, job, result }, advice, remedy, children }: JobOutcomeProps ) {
	return (
		<>
			{ problem && <ProblemNotice problem={ problem } /> }
			{ job && <JobPanel job={ job } advice={ advice } remedy={ remedy } /> }
			{ result && children?.( result ) }
		</>
	);
}
