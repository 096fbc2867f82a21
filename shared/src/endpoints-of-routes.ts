import { z } from 'zod';
import { errorsOfReadyServer } from './endpoint-errors.ts';
import { accepted, endpoint } from './endpoint.ts';
import type { FieldProblem } from './fields.ts';
import { routeInput, sendsAsListed, withoutRoute } from './routes.ts';
import { siteUid } from './sites.ts';

const routeRequest = routeInput
	.extend( { uid: siteUid } )
	.refine( sendsAsListed, { path: [ 'sendAs' ], error: 'not_a_sender' satisfies FieldProblem } );

const errorsOfOneRoute = [
	...errorsOfReadyServer,
	'gateway_not_installed',
	'not_found',
	'password_required',
	'route_account_not_shown',
	'sender_of_another_route',
	'too_many_routes',
	'unix_user_unknown',
] as const;

/** By which accounts the sites of a server send. */
export const endpointsOfRoutes = {
	checkRoute: endpoint( {
		method: 'POST',
		path: '/servers/:serverId/routes/check',
		access: 'run_gateway',
		summary:
			'Signs in with the account of a route that is not set yet, and asks DNS what receivers will make of its senders (job)',
		status: 202,
		/** As for setRoute. */
		errors: errorsOfOneRoute,
		sendsConnection: true,
		request: routeRequest,
		response: accepted,
	} ),
	setRoute: endpoint( {
		method: 'POST',
		path: '/servers/:serverId/routes/set',
		access: 'run_gateway',
		summary: 'Signs in with an account, and lets the mail of a Unix user leave by it alone, with its senders (job)',
		status: 202,
		/**
		 * unix_user_unknown: one without a site and without mail, or without a name; Postfix itself. not_found: no such account.
		 * route_account_not_shown: it has a saved account, which this person keeps or removes. password_required: a route
		 * that is not there keeps nothing.
		 */
		errors: errorsOfOneRoute,
		sendsConnection: true,
		request: routeRequest,
		response: accepted,
	} ),
	removeRoute: endpoint( {
		method: 'POST',
		path: '/servers/:serverId/routes/remove',
		access: 'run_gateway',
		summary: 'Ends the route of a Unix user (job)',
		status: 202,
		/** not_found: that user has none. */
		errors: [ ...errorsOfReadyServer, 'gateway_not_installed', 'not_found' ],
		sendsConnection: true,
		request: z.strictObject( { uid: siteUid } ),
		response: accepted,
	} ),
	routeOthers: endpoint( {
		method: 'POST',
		path: '/servers/:serverId/routes/others',
		access: 'run_gateway',
		summary: 'What becomes of mail of sites without a route, where there are routes (job)',
		status: 202,
		/** not_found: there is no route. */
		errors: [ ...errorsOfReadyServer, 'gateway_not_installed', 'not_found' ],
		sendsConnection: true,
		request: z.strictObject( { without: z.enum( withoutRoute ) } ),
		response: accepted,
	} ),
} as const;
