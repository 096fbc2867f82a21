import { Notice } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import type { CheckedSettings } from '@email-gateway/shared';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { CheckedTable } from '../ui/checked-table.tsx';
import { checkedRows } from '../words/checked.ts';
import { UsePort } from './use-port.tsx';
import { SenderOutcome } from './sender-outcome.tsx';

interface CheckOutcomeProps {
	checked: CheckedSettings;
	onUsePort: ( port: number ) => void;
}

/** What Check Settings saw: at the provider, and of the Sending Domain. */
export function CheckOutcome( props: CheckOutcomeProps ) {
	return (
		<>
			<ProviderOutcome { ...props } />
			{ props.checked.sender && <SenderOutcome sender={ props.checked.sender } /> }
		</>
	);
}

/** The verdict, the port to use instead, and the whole table. */
function ProviderOutcome( { checked, onUsePort }: CheckOutcomeProps ) {
	const { problem, skipped, openPorts } = checked;
	if ( skipped ) {
		return (
			<Notice status="warning" isDismissible={ false }>
				{ __(
					'The server forbids SSH forwarding, so nothing could be checked before an install. Allow AllowTcpForwarding for this user, or install and send a test email.',
					'email-gateway'
				) }
			</Notice>
		);
	}
	const [ best ] = openPorts;
	return (
		<>
			{ problem ? (
				<FailureNotice error={ { ...problem, changed: 'nothing' } }>
					{ best !== undefined && <UsePort port={ best } onClick={ onUsePort } /> }
				</FailureNotice>
			) : (
				<Notice status="success" isDismissible={ false }>
					{ __(
						'The provider accepted the login from this server. Nothing was changed, nothing was sent.',
						'email-gateway'
					) }
				</Notice>
			) }
			<CheckedTable
				caption={ __( 'What the server found at the provider', 'email-gateway' ) }
				rows={ checkedRows( checked ) }
			/>
		</>
	);
}
