import { __, _x, sprintf } from '@wordpress/i18n';
import type { BackupView, SendingUser } from '@email-gateway/shared';
import { may } from '../page.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { Pill } from '../ui/pill.tsx';
import { backupPill } from '../words/backup.ts';
import { routeAccountWord } from '../words/routes.ts';
import { userName } from '../words/sites.ts';
import { isAsked, type Buttons } from './site-buttons.tsx';

interface Props extends Buttons {
	user: SendingUser;
	onRemove: () => void;
}

/** By which account mail of a user leaves, and the buttons that change it. A number without a name can have no route. */
export function RouteCell( { user, disabled, asks, onAsk, onRemove }: Props ) {
	const { route } = user;
	const buttonLabel = route
		? /* translators: %s: a Unix user */ __( 'Change Route: %s', 'email-gateway' )
		: /* translators: %s: a Unix user */ __( 'Set Route: %s', 'email-gateway' );
	return (
		<>
			{ route ? (
				<>
					<div>
						<bdi>{ routeAccountWord( route ) }</bdi>
					</div>
					{ route.backup && <RouteBackupState backup={ route.backup } /> }
					{ route.account?.saved?.hasOlderValues && (
						<div className="email-gateway-quiet">
							{ __( 'Older values of this account are installed.', 'email-gateway' ) }
						</div>
					) }
					<div className="email-gateway-quiet">
						<bdi>{ route.senders.join( ', ' ) }</bdi>
					</div>
					{ route.sendAs !== null && (
						<div className="email-gateway-quiet">
							{
								/* translators: %s: a mail address */
								sprintf( __( 'Sends as %s', 'email-gateway' ), route.sendAs )
							}
						</div>
					) }
				</>
			) : (
				_x( 'None', 'route of a site', 'email-gateway' )
			) }
			{ user.user !== null && (
				<div>
					<ActionButton
						variant="link"
						disabled={ disabled }
						label={ sprintf( buttonLabel, userName( user ) ) }
						expanded={ isAsked( asks, user.uid, 'route' ) }
						onClick={ () => onAsk( { uid: user.uid, what: 'route' } ) }
					>
						{ route ? __( 'Change Route', 'email-gateway' ) : __( 'Set Route', 'email-gateway' ) }
					</ActionButton>
				</div>
			) }
			{ route && may( 'manage_defaults' ) && (
				<div>
					<ActionButton
						variant="link"
						/* translators: %s: a Unix user */
						label={ sprintf( __( 'Backup Account: %s', 'email-gateway' ), userName( user ) ) }
						expanded={ isAsked( asks, user.uid, 'backup' ) }
						onClick={ () => onAsk( { uid: user.uid, what: 'backup' } ) }
					>
						{ _x( 'Backup Account', 'button', 'email-gateway' ) }
					</ActionButton>
				</div>
			) }
			{ route && (
				<ActionButton
					variant="link"
					disabled={ disabled }
					/* translators: %s: a Unix user */
					label={ sprintf( __( 'Remove Route: %s', 'email-gateway' ), userName( user ) ) }
					onClick={ onRemove }
				>
					{ __( 'Remove Route', 'email-gateway' ) }
				</ActionButton>
			) }
		</>
	);
}

/** Whether mail leaves by the backup now, else what that is. */
function RouteBackupState( { backup: { active, name } }: { backup: BackupView } ) {
	return active ? (
		<Pill { ...backupPill() } />
	) : (
		/* translators: %s: name of an account */
		<div className="email-gateway-quiet">{ sprintf( __( 'Backup account: %s', 'email-gateway' ), name ) }</div>
	);
}
