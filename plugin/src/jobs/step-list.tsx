import { _x } from '@wordpress/i18n';
import { foundWords } from '../words/found.ts';
import { stepWords } from '../words/steps.ts';
import type { StepRow } from './steps.ts';

const signs: Record< StepRow[ 'state' ], string > = { running: '◌', done: '✓', failed: '✗', stopped: '–' };

function spoken( state: StepRow[ 'state' ] ): string {
	const words = {
		running: _x( 'running', 'state of a step', 'email-gateway' ),
		done: _x( 'done', 'state of a step', 'email-gateway' ),
		failed: _x( 'failed', 'state of a step', 'email-gateway' ),
		stopped: _x( 'stopped', 'state of a step', 'email-gateway' ),
	};
	return words[ state ];
}

/** The steps of a job, as they happen. */
export function StepList( { rows }: { rows: StepRow[] } ) {
	return (
		<ol className="email-gateway-steps">
			{ rows.map( ( { step, state, detail, startedAt } ) => (
				<li key={ `${ step } ${ startedAt }` } data-step={ step } data-step-state={ state }>
					<span aria-hidden="true" className="email-gateway-step-sign">
						{ signs[ state ] }
					</span>
					<span className="screen-reader-text">{ `${ spoken( state ) }: ` }</span>
					<span>{ stepWords( step )[ state === 'done' ? 'done' : 'doing' ] }</span>
					<span className="email-gateway-step-found">{ foundWords( detail ) }</span>
				</li>
			) ) }
		</ol>
	);
}
