import { __, _x, sprintf } from '@wordpress/i18n';
import type { SendingUser } from '@email-gateway/shared';
import { ActionButton } from '../ui/action-button.tsx';
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
				_x( 'Without', 'route of a site', 'email-gateway' )
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
