import { Spinner } from '@wordpress/components';
import { call } from '../api/call.ts';
import { useAnswer } from '../api/use-answer.ts';
import { ProblemNotice } from '../ui/failure-notice.tsx';
import { AlertsPanel } from './alerts-panel.tsx';

const readAlerts = ( signal: AbortSignal ) => call( 'readAlerts', { signal } );

/** Who is told when a gateway stops working. */
export function AlertsTab() {
	const { answer, problem, set, retry } = useAnswer( readAlerts );
	if ( problem ) {
		return <ProblemNotice problem={ problem } onRetry={ retry } />;
	}
	return answer ? <AlertsPanel view={ answer } onAnswer={ set } /> : <Spinner />;
}
