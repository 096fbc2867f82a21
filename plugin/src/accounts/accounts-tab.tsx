import { Spinner } from '@wordpress/components';
import { call } from '../api/call.ts';
import { useAnswer } from '../api/use-answer.ts';
import { ProblemNotice } from '../ui/failure-notice.tsx';
import { AccountsPanel } from './accounts-panel.tsx';

const readAccounts = ( signal: AbortSignal ) => call( 'readAccounts', { signal } );

/** The accounts at providers, each kept once. */
export function AccountsTab() {
	const { answer, problem, set, retry } = useAnswer( readAccounts );
	if ( problem ) {
		return <ProblemNotice problem={ problem } onRetry={ retry } />;
	}
	return answer ? <AccountsPanel view={ answer } onAnswer={ set } /> : <Spinner />;
}
