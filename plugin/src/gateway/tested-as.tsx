import { __ } from '@wordpress/i18n';
import type { TestResult } from '@email-gateway/shared';
import { heldByWords } from '../words/held-by.ts';
import { routeAccountTodo } from '../words/route-account.ts';
import { changeRouteWords, sentAsWords } from '../words/sent-as.ts';

/** As whom a test email was sent, what holds it, and where that is changed. Loaded when there is such a test. */
export function TestedAs( { sentAs, heldBy, outcome, diagnosis }: TestResult ) {
	const held = heldBy && heldByWords( heldBy );
	const isRefused = outcome === 'waiting' || outcome === 'refused';
	// else what to do is said below
	const isOther = routeAccountTodo( diagnosis.cause, sentAs?.account ?? null ) === null;
	return (
		<>
			{ sentAs && <p>{ sentAsWords( sentAs ) }</p> }
			{ held && (
				<>
					<p>
						<strong>{ held.happened }</strong>{ ' ' }
						{ __(
							'The provider was not asked: the message stays on hold until someone releases or deletes it in the Queue.',
							'email-gateway'
						) }
					</p>
					<p>{ held.todo }</p>
				</>
			) }
			{ sentAs?.hasRoute && isRefused && isOther && <p>{ changeRouteWords() }</p> }
		</>
	);
}
