import { useState } from '@wordpress/element';
import { speak } from '@wordpress/a11y';
import { __ } from '@wordpress/i18n';
import { call } from '../api/call.ts';
import { useRequest } from '../api/use-request.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { Confirmation } from '../ui/confirmation.tsx';
import { ProblemNotice } from '../ui/failure-notice.tsx';

interface SavedCredentialsProps {
	serverId: number;
	/** Whether it was just typed, or is a rest of what was installed before. */
	disabled: boolean;
	onDeleted: () => void;
}

/** No gateway is installed, and the credentials of one are still saved: told, with a way to delete them. */
export function SavedCredentials( { serverId, disabled, onDeleted }: SavedCredentialsProps ) {
	const [ asking, setAsking ] = useState( false );
	const request = useRequest();
	const remove = async () => {
		setAsking( false );
		if ( await request.send( () => call( 'deleteCredentials', { serverId } ) ) ) {
			speak( __( 'Saved credentials deleted.', 'email-gateway' ), 'polite' );
			onDeleted();
		}
	};
	return (
		<div className="email-gateway-aside">
			<p className="email-gateway-quiet">
				{ __( 'Not installed. This site still keeps the credentials for an install.', 'email-gateway' ) }{ ' ' }
				<ActionButton
					variant="link"
					destructive
					busy={ request.busy }
					disabled={ disabled || asking }
					onClick={ () => setAsking( true ) }
				>
					{ __( 'Delete Saved Credentials', 'email-gateway' ) }
				</ActionButton>
			</p>
			{ asking && (
				<Confirmation
					title={ __( 'Delete the saved credentials of this server?', 'email-gateway' ) }
					confirm={ __( 'Delete', 'email-gateway' ) }
					destructive
					onConfirm={ () => void remove() }
					onCancel={ () => setAsking( false ) }
				>
					<p>
						{ __(
							'The settings, user name and password of this form are deleted here. For another install they must be typed again. The account at the provider stays as it is: change its password there if it must no longer work.',
							'email-gateway'
						) }
					</p>
				</Confirmation>
			) }
			{ request.problem && <ProblemNotice problem={ request.problem } /> }
		</div>
	);
}
