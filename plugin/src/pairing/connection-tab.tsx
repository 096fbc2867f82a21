import { Spinner } from '@wordpress/components';
import { readPairing } from '../api/pairing.ts';
import { useAnswer } from '../api/use-answer.ts';
import { ProblemNotice } from '../ui/failure-notice.tsx';
import { Paired } from './paired.tsx';
import { PairingForm } from './pairing-form.tsx';

/** Which backend does the work for this site. */
export function ConnectionTab() {
	const { answer, problem, set, retry } = useAnswer( readPairing );
	if ( problem ) {
		return <ProblemNotice problem={ problem } onRetry={ retry } />;
	}
	if ( ! answer ) {
		return <Spinner />;
	}
	return answer.paired ? (
		<Paired state={ answer } onChange={ set } />
	) : (
		<PairingForm known={ answer } onPaired={ set } />
	);
}
