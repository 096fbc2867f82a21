import { __, _x, sprintf } from '@wordpress/i18n';
import type { SendingUser } from '@email-gateway/shared';
import { call } from '../api/call.ts';
import { useRequest } from '../api/use-request.ts';
import { BackupOf } from '../backup/backup-of.tsx';
import { ActionButton } from '../ui/action-button.tsx';
import { Actions } from '../ui/card.tsx';
import { onBackupWords } from '../words/backup.ts';
import { userName } from '../words/sites.ts';

interface Props {
	serverId: number;
	user: SendingUser;
	/** No job can begin now. */
	disabled: boolean;
	/** Another one is chosen. */
	onChosen: () => void;
	onSwitch: ( to: 'backup' | 'first' ) => void;
	onClose: () => void;
}

/** The backup of a route, for who may manage the accounts. */
export function RouteBackup( { serverId, user, disabled, onChosen, onSwitch, onClose }: Props ) {
	const { uid, route } = user;
	const backup = route?.backup ?? null;
	const request = useRequest();
	const send = async ( ask: () => Promise< unknown > ) => {
		if ( ( await request.send( ask ) ) !== null ) {
			onChosen();
		}
	};
	return (
		<section className="email-gateway-form" aria-label={ titleOf( user ) }>
			<h4>{ titleOf( user ) }</h4>
			<p>
				{ __(
					'A second account by which mail of this Unix user leaves while its own account cannot send, and no other mail does. It is not used for what is the matter of a recipient or of a message, nor where the provider only slows down.',
					'email-gateway'
				) }
			</p>
			{ backup?.active && (
				<p>
					<strong>{ onBackupWords( backup, backup.active ) }</strong>
				</p>
			) }
			<BackupOf
				of="route"
				backup={ backup }
				problem={ request.problem }
				busy={ request.busy }
				disabled={ disabled || request.busy }
				onType={ request.changed }
				onSave={ ( rules ) =>
					void send( () => call( 'chooseRouteBackup', { serverId, body: { uid, ...rules } } ) )
				}
				onEnd={ () => void send( () => call( 'endRouteBackup', { serverId, body: { uid } } ) ) }
				onSwitch={ onSwitch }
			/>
			<Actions>
				<ActionButton variant="tertiary" onClick={ onClose }>
					{ _x( 'Close', 'button', 'email-gateway' ) }
				</ActionButton>
			</Actions>
		</section>
	);
}

const titleOf = ( user: SendingUser ) =>
	/* translators: %s: name of a Unix user */
	sprintf( __( 'Backup account of the route of %s', 'email-gateway' ), userName( user ) );
