import { routesOn } from '../db/routes.ts';
import { withoutRouteOf, withRoute } from '../servers/route-change.ts';
import { bringRoutes, signedIn } from './bring-routes.ts';
import type { VerbOf } from './context.ts';
import { withLook } from './look-at.ts';
import type { JobRequest } from './request.ts';

type Of< Verb > = VerbOf< Extract< JobRequest, { verb: Verb } > >;

/**
 * Lets the mail of a Unix user leave by an account of its own: signed in with first, then a change of the gateway as an
 * install is. Errors: those of signedIn, withRoute and bringRoutes.
 */
export const setRoute: Of< 'set_route' > = (
	context,
	{ verb, uid, user, senders, sendAs = null, account = null, ...signIn }
) =>
	withLook( context, async ( remote, facts ) => {
		const { app, server, job } = context;
		const kept = await signedIn( context, remote, { facts, account: { ...signIn, account } } );
		const set = { uid, user, senders, sendAs, ...kept, at: new Date().toISOString(), by: job.askedBy.login };
		const next = withRoute( await routesOn( app, server ), set );
		return bringRoutes( context, remote, {
			...{ facts, next, retry: true },
			result: { verb, smtpServer: signIn.smtpServer },
		} );
	} );

/** Gives the routes of a saved account its values of now. Errors: those of signedIn and bringRoutes. */
export const updateRoutes: Of< 'update_routes' > = ( context, { verb, account, ...signIn } ) =>
	withLook( context, async ( remote, facts ) => {
		const kept = await signedIn( context, remote, { facts, account: { ...signIn, account } } );
		const { without, routes: before } = await routesOn( context.app, context.server );
		const isOfIt = ( route: ( typeof before )[ number ] ) => route.account?.id === account.id;
		const next = {
			without,
			routes: before.map( ( route ) => ( isOfIt( route ) ? { ...route, ...kept } : route ) ),
		};
		const result = { verb, routes: before.filter( isOfIt ).length };
		return bringRoutes( context, remote, { facts, next, result, retry: true } );
	} );

/** Ends the route of a Unix user. Errors: those of bringRoutes. */
export const removeRoute: Of< 'remove_route' > = ( context, { verb, uid } ) =>
	withLook( context, async ( remote, facts ) => {
		const next = withoutRouteOf( await routesOn( context.app, context.server ), uid );
		return bringRoutes( context, remote, { facts, next, result: { verb } } );
	} );

/** What becomes of mail of sites without a route. Errors: those of bringRoutes. */
export const routeOthers: Of< 'route_others' > = ( context, { verb, without } ) =>
	withLook( context, async ( remote, facts ) => {
		const next = { ...( await routesOn( context.app, context.server ) ), without };
		return bringRoutes( context, remote, { facts, next, result: { verb, without } } );
	} );
