import { __, sprintf } from '@wordpress/i18n';
import type { JobResult } from '@email-gateway/shared';

type Changed = Extract< JobResult, { verb: 'set_route' | 'remove_route' | 'route_others' } >;

export const isOfRoutes = ( result: JobResult ): result is Changed =>
	result.verb === 'set_route' || result.verb === 'remove_route' || result.verb === 'route_others';

/** How a change of routes ended. */
export function routeSentence( result: Changed ): string {
	switch ( result.verb ) {
		case 'set_route':
			return sprintf(
				/* translators: %s: host name of a provider */
				__( 'The route is set: mail of this Unix user leaves by %s.', 'email-gateway' ),
				result.smtpServer
			);
		case 'remove_route':
			return __(
				'The route is removed. Mail of this Unix user that waits leaves by the account of the gateway.',
				'email-gateway'
			);
		case 'route_others':
			return result.without === 'hold'
				? __( 'Mail of users without a route is held from now on.', 'email-gateway' )
				: __( 'Mail of users without a route leaves by the account of the gateway.', 'email-gateway' );
	}
}
