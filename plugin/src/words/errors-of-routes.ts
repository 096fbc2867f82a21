import { __, sprintf } from '@wordpress/i18n';
import type { Sentences } from './failure.ts';

/** Why a route was not set; nothing was changed. */
export const ofRoutes: Sentences<
	'sender_of_another_route' | 'route_account_not_shown' | 'too_many_routes' | 'unix_user_unknown'
> = {
	unix_user_unknown: ( { uid, reason } ) =>
		reason === 'no_name'
			? {
					happened: sprintf(
						/* translators: %s: number of a Unix user */
						__(
							'The Unix user %s has no name on this server: it can have no route, and send no test email.',
							'email-gateway'
						),
						String( uid )
					),
					todo: __(
						'Nothing was changed. Let a Unix user with a name own these files, then press Check Connection.',
						'email-gateway'
					),
			  }
			: {
					happened: sprintf(
						/* translators: %s: number of a Unix user */
						__( 'No site and no mail of the Unix user %s is known on this server.', 'email-gateway' ),
						String( uid )
					),
					todo: __(
						'Nothing was changed. Choose a user that is listed under Sites on This Server; Check Connection finds new sites.',
						'email-gateway'
					),
			  },
	sender_of_another_route: ( { sender, user } ) => ( {
		happened: sprintf(
			/* translators: 1: a domain or address, 2: a Unix user */
			__(
				'The route of %2$s covers %1$s already, so it would not be clear whose mail that is.',
				'email-gateway'
			),
			sender,
			user
		),
		todo: __( 'Nothing was changed. Leave it out here, or change that route first.', 'email-gateway' ),
	} ),
	route_account_not_shown: ( { user } ) => ( {
		happened: sprintf(
			/* translators: %s: a Unix user */
			__( 'The route of %s has an account that you are not shown.', 'email-gateway' ),
			user
		),
		todo: __(
			'Nothing was changed. Keep that account, or press Remove Route first and then set one with your own.',
			'email-gateway'
		),
	} ),
	too_many_routes: ( { most } ) => ( {
		happened: sprintf(
			/* translators: %d: number of routes */
			__( 'A server has %d routes at most.', 'email-gateway' ),
			most
		),
		todo: __( 'Remove the route of another Unix user first.', 'email-gateway' ),
	} ),
};
