import { __, _x, sprintf } from '@wordpress/i18n';
import { AskedDeletion } from '../ui/delete-button.tsx';

interface DeleteWebhookProps {
	/** Where the alerts go now. */
	host: string;
	busy: boolean;
	onDelete: () => void;
}

/** Its address and its signing secret are shown to nobody, so they cannot be put back. */
export function DeleteWebhook( { host, busy, onDelete }: DeleteWebhookProps ) {
	return (
		<div className="email-gateway-aside">
			<AskedDeletion
				label={ __( 'Delete Webhook', 'email-gateway' ) }
				title={ __( 'Delete the webhook?', 'email-gateway' ) }
				confirm={ _x( 'Delete', 'button', 'email-gateway' ) }
				busy={ busy }
				onConfirm={ onDelete }
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
			</AskedDeletion>
		</div>
	);
}
