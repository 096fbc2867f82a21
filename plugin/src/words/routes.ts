import { __, _n, sprintf } from '@wordpress/i18n';
import type { JobResult, RouteView } from '@email-gateway/shared';

type Changed = Extract< JobResult, { verb: 'set_route' | 'update_routes' | 'remove_route' | 'route_others' } >;

export const isOfRoutes = ( result: JobResult ): result is Changed =>
	[ 'set_route', 'update_routes', 'remove_route', 'route_others' ].includes( result.verb );

/** What signs in for a route: the name of the saved account, or the host that was typed. */
export const routeAccountWord = ( { account }: RouteView ): string =>
	account?.saved?.name ?? account?.smtpServer ?? __( 'An account that you are not shown', 'email-gateway' );

/** How a change of routes ended. */
export function routeSentence( result: Changed ): string {
	switch ( result.verb ) {
		case 'set_route':
			return result.smtpServer === ''
				? __( 'The route is set.', 'email-gateway' )
				: sprintf(
						/* translators: %s: host name of a provider */
						__( 'The route is set: mail of this Unix user leaves by %s.', 'email-gateway' ),
						result.smtpServer
				  );
		case 'update_routes':
			return sprintf(
				/* translators: %d: number of routes */
				_n(
					'%d route has the present values of its account.',
					'%d routes have the present values of their account.',
					result.routes,
					'email-gateway'
				),
				result.routes
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
