import { __, sprintf } from '@wordpress/i18n';
import { call } from '../api/call.ts';
import { useAnswer } from '../api/use-answer.ts';
import { ActionButton } from '../ui/action-button.tsx';

const readDefaults = ( signal: AbortSignal ) => call( 'readDefaults', { signal } );

/** The first thing in an empty form: where to begin, and what it would fill in. */
export function LoadDefaultsFirst( { disabled, onLoad }: { disabled: boolean; onLoad: () => void } ) {
	const { answer } = useAnswer( readDefaults );
	const defaults = answer?.defaults;
	return (
		<div className="email-gateway-offer">
			<ActionButton disabled={ disabled } onClick={ onLoad }>
				{ __( 'Load Defaults', 'email-gateway' ) }
			</ActionButton>
			<span>
				{ defaults
					? sprintf(
							/* translators: 1: host and port, 2: user name, 3: domain */
							__( 'Fills in the saved defaults: %1$s as %2$s, for %3$s.', 'email-gateway' ),
							`${ defaults.smtpServer }:${ defaults.smtpPort }`,
							defaults.userName,
							defaults.sendingDomain
					  )
					: __( 'Fills in the saved default credentials.', 'email-gateway' ) }
			</span>
		</div>
	);
}
