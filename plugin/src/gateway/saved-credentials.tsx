import { speak } from '@wordpress/a11y';
import { __, _x } from '@wordpress/i18n';
import { call } from '../api/call.ts';
import { DeleteButton } from '../ui/delete-button.tsx';

interface SavedCredentialsProps {
	serverId: number;
	/** Whether it was just typed, or is a rest of what was installed before. */
	disabled: boolean;
	onDeleted: () => void;
}

/** No gateway is installed, and the credentials of one are still saved: told, with a way to delete them. */
export function SavedCredentials( { serverId, disabled, onDeleted }: SavedCredentialsProps ) {
	return (
		<div className="email-gateway-aside">
			<p className="email-gateway-quiet">
				{ __( 'Not installed. This site still keeps the credentials for an install.', 'email-gateway' ) }
			</p>
			<DeleteButton
				label={ __( 'Delete Saved Credentials', 'email-gateway' ) }
				title={ __( 'Delete the saved credentials of this server?', 'email-gateway' ) }
				confirm={ _x( 'Delete', 'button', 'email-gateway' ) }
				disabled={ disabled }
				send={ () => call( 'deleteCredentials', { serverId } ) }
				onDone={ () => {
					speak( __( 'Saved credentials deleted.', 'email-gateway' ), 'polite' );
					onDeleted();
				} }
			>
				<p>
					{ __(
						'The settings, user name and password of this form are deleted here. For another install they must be typed again. The account at the provider stays as it is: change its password there if it must no longer work.',
						'email-gateway'
					) }
				</p>
			</DeleteButton>
		</div>
	);
}
