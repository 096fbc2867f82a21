import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { ActionButton } from '../ui/action-button.tsx';
import { Confirmation } from '../ui/confirmation.tsx';

interface DeleteWebhookProps {
	/** Where the alerts go now. */
	host: string;
	busy: boolean;
	onDelete: () => void;
}

/** Its address and its signing secret are shown to nobody, so they cannot be put back. */
export function DeleteWebhook( { host, busy, onDelete }: DeleteWebhookProps ) {
	const [ asking, setAsking ] = useState( false );
	return (
		<div className="email-gateway-aside">
			<ActionButton
				variant="link"
				destructive
				busy={ busy }
				disabled={ asking }
				onClick={ () => setAsking( true ) }
			>
				{ __( 'Delete Webhook', 'email-gateway' ) }
			</ActionButton>
			{ asking && (
				<Confirmation
					title={ __( 'Delete the webhook?', 'email-gateway' ) }
					confirm={ __( 'Delete', 'email-gateway' ) }
					destructive
					onConfirm={ () => {
						setAsking( false );
						onDelete();
					} }
					onCancel={ () => setAsking( false ) }
				>
					<p>
						{ sprintf(
							/* translators: %s: host name */
							__(
								'No more alerts are sent to %s, and its signing secret is deleted. The servers are still checked.',
								'email-gateway'
							),
							host
						) }
					</p>
				</Confirmation>
			) }
		</div>
	);
}
