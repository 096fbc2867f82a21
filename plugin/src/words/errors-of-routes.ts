import { __, sprintf } from '@wordpress/i18n';
import type { Sentences } from './failure.ts';

/** Why a route was not set; nothing was changed. */
export const ofRoutes: Sentences< 'sender_of_another_route' | 'route_account_not_shown' | 'too_many_routes' > = {
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
