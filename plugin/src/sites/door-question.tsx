import { __ } from '@wordpress/i18n';
import { Confirmation } from '../ui/confirmation.tsx';
import { breaksWords } from '../words/doors.ts';
import { doorUserName, type DoorUser } from './doors-users.ts';

interface Props {
	/** Whose side doors are open now. */
	users: readonly DoorUser[];
	onClose: () => void;
	onCancel: () => void;
}

/** What would break, before it does. */
export function DoorQuestion( { users, onClose, onCancel }: Props ) {
	return (
		<Confirmation
			title={ __( 'Let these users send through the gateway only?', 'email-gateway' ) }
			confirm={ __( 'Close Side Doors', 'email-gateway' ) }
			onConfirm={ onClose }
			onCancel={ onCancel }
		>
			<p>
				{ __(
					'What they were seen to connect to, listed below, is refused from now on, and what is open ends. More may happen than was seen.',
					'email-gateway'
				) }
			</p>
			<ul>
				{ users.map( ( user ) => (
					<li key={ user.uid }>
						<strong>{ doorUserName( user ) }</strong>
						<ul>
							{ user.seen.map( ( door ) => (
								<li key={ `${ door.address } ${ door.port }` }>
									<bdi>{ breaksWords( door ) }</bdi>
								</li>
							) ) }
							{ user.seen.length === 0 && <li>{ __( 'No look has seen any.', 'email-gateway' ) }</li> }
						</ul>
					</li>
				) ) }
			</ul>
		</Confirmation>
	);
}
