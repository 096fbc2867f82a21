import { Notice } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import type { SenderCheck } from '@email-gateway/shared';
import { SenderOutcome } from '../gateway/sender-outcome.tsx';

/** What was seen before a route is set: nothing was changed. None of the senders are told where the account is not. */
export const CheckedRoute = ( { senders }: { senders: readonly SenderCheck[] } ) => (
	<>
		<Notice status="success" isDismissible={ false }>
			{ __( 'The account can sign in. Nothing was changed: press Set Route to use it.', 'email-gateway' ) }
		</Notice>
		{ senders.map( ( sender ) => (
			<SenderOutcome key={ sender.domain } sender={ sender } />
		) ) }
	</>
);
