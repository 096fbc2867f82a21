import { Notice } from '@wordpress/components';
import { __, _x, sprintf } from '@wordpress/i18n';
import type { PlannedStep } from '@email-gateway/shared';
import { plannedWords } from '../words/planned.ts';

/** What an install would change, and why. */
export function PlannedChanges( { plan }: { plan: PlannedStep[] } ) {
	if ( plan.length === 0 ) {
		return (
			<Notice status="success" isDismissible={ false }>
				{ __( 'Nothing would change: the server is up to date.', 'email-gateway' ) }
			</Notice>
		);
	}
	return (
		<div className="email-gateway-plan">
			<p>
				<strong>
					{ __( 'An install would do this, in this order. Nothing was changed yet.', 'email-gateway' ) }
				</strong>
			</p>
			<ol>
				{ plan.map( ( step, index ) => (
					<li key={ index }>
						{ plannedWords( step ) }
						<Value value={ step.value } />
						<span className="email-gateway-quiet"> { reason( step ) }</span>
					</li>
				) ) }
			</ol>
		</div>
	);
}

/** A file's text keeps its lines; an empty value is told, not shown as nothing. */
function Value( { value }: { value: string | null } ) {
	if ( value === null ) {
		return null;
	}
	if ( value.includes( '\n' ) ) {
		return <pre className="email-gateway-raw">{ value }</pre>;
	}
	return (
		<>
			{ ' = ' }
			{ value === '' ? (
				<em>{ _x( 'empty', 'value of a setting', 'email-gateway' ) }</em>
			) : (
				<code>{ value }</code>
			) }
		</>
	);
}

function reason( { was, why }: PlannedStep ): string {
	/* translators: %s: a value found on the server */
	return was === null ? why : `${ why } ${ sprintf( __( '(now: %s)', 'email-gateway' ), was ) }`;
}
