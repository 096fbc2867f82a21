import type { WayOfRoute } from '@email-gateway/shared';
import type { App } from '../app.ts';
import { accountsOf } from '../db/accounts.ts';
import { routesOn } from '../db/routes.ts';
import type { Server } from '../db/servers.ts';
import { isFailure } from '../errors.ts';
import type { Facts } from '../gateway/facts.ts';

/**
 * The routes of a server by their numbers, where any mail waits that leaves by one. What we did not write names nobody: a
 * look has seen the rest all the same.
 */
export async function waysOfRoutes(
	{ app, server }: { app: Pick< App, 'db' | 'secrets' >; server: Server },
	{ deferrals }: Pick< Facts, 'deferrals' >
): Promise< Map< number, WayOfRoute > > {
	if ( deferrals.every( ( { route } ) => route === 0 ) ) {
		return new Map();
	}
	const { routes } = await routesOn( app, server ).catch( ( error: unknown ) => {
		if ( isFailure( error ) ) {
			return { routes: [] };
		}
		throw error;
	} );
	const accounts = await accountsOf( app.db, server.siteId );
	return new Map(
		routes.map( ( { number, uid, user, account, smtpServer } ) => {
			const name = account && ( accounts.find( ( { id } ) => id === account.id )?.name ?? '' );
			return [ number, { uid, user, account: { name, smtpServer } } ];
		} )
	);
}
