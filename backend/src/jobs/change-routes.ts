import { endRouteBackup, overRouteBackup } from '../db/route-on-backup.ts';
import { routeOfUid, routesOn, type KeptAccount, type KeptRoute } from '../db/routes.ts';
import type { Db } from '../db/tables.ts';
import { withoutRouteOf, withRoute } from '../servers/route-change.ts';
import { bringRoutes, signedIn } from './bring-routes.ts';
import type { VerbOf } from './context.ts';
import { withLook } from './look-at.ts';
import { byRouteBackup } from './note-route-backup.ts';
import type { JobRequest } from './request.ts';
import { switchRoute } from './switch-route.ts';

type Of< Verb > = VerbOf< Extract< JobRequest, { verb: Verb } > >;

/**
 * Lets the mail of a Unix user leave by an account of its own: signed in with first, then a change of the gateway as an
 * install is. Errors: those of signedIn, withRoute, bringRoutes and switchRoute.
 */
export const setRoute: Of< 'set_route' > = (
	context,
	{ verb, uid, user, senders, sendAs = null, account = null, backup, ...signIn }
) =>
	withLook( context, async ( remote, facts ) => {
		const { app, server, job } = context;
		const kept = await signedIn( context, remote, { facts, account: { ...signIn, account } } );
		const routes = await routesOn( app, server );
		if ( backup ) {
			return switchRoute( context, remote, { facts, routes, uid, account: kept, backup } );
		}
		const at = new Date().toISOString();
		const before = routeOfUid( routes, uid );
		// with the same account it goes on, with another one somebody has decided otherwise
		const onBackup = before && isSameAccount( before, kept ) ? before.onBackup : null;
		const accountAt = at;
		const set = { uid, user, senders, sendAs, ...kept, at, by: job.askedBy.login, accountAt, onBackup };
		return bringRoutes( context, remote, {
			...{ facts, next: withRoute( routes, set ), retry: true },
			result: { verb, smtpServer: signIn.smtpServer },
			alsoRecord: async ( tx ) => {
				if ( before && ! onBackup ) {
					await overRouteBackup( tx, server, before, await byRouteBackup( tx, server, before ) );
				}
			},
		} );
	} );

const isSameAccount = ( { account }: KeptRoute, kept: KeptAccount ) =>
	account !== null && account.id === kept.account?.id;

/** Gives the routes of a saved account its values of now. Errors: those of signedIn and bringRoutes. */
export const updateRoutes: Of< 'update_routes' > = ( context, { verb, account, ...signIn } ) =>
	withLook( context, async ( remote, facts ) => {
		const kept = await signedIn( context, remote, { facts, account: { ...signIn, account } } );
		const { without, routes: before } = await routesOn( context.app, context.server );
		const isOfIt = ( route: ( typeof before )[ number ] ) => route.account?.id === account.id;
		const accountAt = new Date().toISOString();
		const next = {
			without,
			routes: before.map( ( route ) => ( isOfIt( route ) ? { ...route, ...kept, accountAt } : route ) ),
		};
		const result = { verb, routes: before.filter( isOfIt ).length };
		return bringRoutes( context, remote, { facts, next, result, retry: true } );
	} );

/** Ends the route of a Unix user. Errors: those of bringRoutes. */
export const removeRoute: Of< 'remove_route' > = ( context, { verb, uid } ) =>
	withLook( context, async ( remote, facts ) => {
		const { app, server } = context;
		const routes = await routesOn( app, server );
		const next = withoutRouteOf( routes, uid );
		const before = routeOfUid( routes, uid );
		const alsoRecord = async ( tx: Db ) => {
			if ( before ) {
				const messages = await byRouteBackup( tx, server, before );
				await endRouteBackup( { db: tx, secrets: app.secrets }, server, before, messages );
			}
		};
		return bringRoutes( context, remote, { facts, next, result: { verb }, alsoRecord } );
	} );

/** What becomes of mail of sites without a route. Errors: those of bringRoutes. */
export const routeOthers: Of< 'route_others' > = ( context, { verb, without } ) =>
	withLook( context, async ( remote, facts ) => {
		const next = { ...( await routesOn( context.app, context.server ) ), without };
		return bringRoutes( context, remote, { facts, next, result: { verb, without } } );
	} );
