import { Spinner } from '@wordpress/components';
import { useAnswer } from '../api/use-answer.ts';
import { ProblemNotice } from '../ui/failure-notice.tsx';
import { AlertsPanel } from './alerts-panel.tsx';
import { callsOfSite } from './channel-calls.ts';

/** Who is told when a gateway stops working. */
export function AlertsTab() {
	const { answer, problem, set, retry } = useAnswer( callsOfSite.read );
	if ( problem ) {
		return <ProblemNotice problem={ problem } onRetry={ retry } />;
	}
	return answer ? <AlertsPanel view={ answer } onAnswer={ set } /> : <Spinner />;
}
