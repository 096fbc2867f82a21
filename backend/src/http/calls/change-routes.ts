import { chooseRouteAccount } from '../../db/choose-route-account.ts';
import { sendingUser } from '../../db/pauses.ts';
import { routesOn } from '../../db/routes.ts';
import { GatewayError } from '../../errors.ts';
import { onReadyServer } from '../../jobs/on-server.ts';
import { refuseWithoutGateway } from '../../servers/gateway-there.ts';
import { withRoute } from '../../servers/route-change.ts';
import { Secret } from '../../vault/secret.ts';
import { accepted } from '../../views/answers.ts';
import type { Call } from '../call.ts';

/** Lets the mail of a Unix user leave by an account of its own. */
export const setRoute: Call< 'setRoute' > = async ( app, { uid, account: choice, senders, sendAs }, caller ) => {
	const job = await onReadyServer( app, caller, async ( tx, server ) => {
		refuseWithoutGateway( server );
		const user = ( await sendingUser( tx, server, uid ) )?.user ?? null;
		if ( user === null ) {
			throw new GatewayError( 'not_found' );
		}
		const routes = await routesOn( { db: tx, secrets: app.secrets }, server );
		const before = routes.routes.find( ( route ) => route.uid === uid );
		const account = await chooseRouteAccount( app, tx, { server, choice, before, caller } );
		const set = { uid, user, senders, sendAs };
		// what is not possible is told before anything begins
		withRoute( routes, { ...set, ...account, at: new Date( caller.now ).toISOString(), by: '' } );
		const { password, ...signIn } = account;
		const secret = new Secret( password );
		return { request: { verb: 'set_route', ...set, ...signIn }, password: { secret, keepWithJob: true } };
	} );
	return accepted( job );
};

/** Ends the route of a Unix user. */
export const removeRoute: Call< 'removeRoute' > = async ( app, { uid }, caller ) => {
	const job = await onReadyServer( app, caller, async ( tx, server ) => {
		refuseWithoutGateway( server );
		const { routes } = await routesOn( { db: tx, secrets: app.secrets }, server );
		const route = routes.find( ( one ) => one.uid === uid );
		if ( ! route ) {
			throw new GatewayError( 'not_found' );
		}
		return { request: { verb: 'remove_route', uid, user: route.user } };
	} );
	return accepted( job );
};

/** What becomes of mail of sites without a route. */
export const routeOthers: Call< 'routeOthers' > = async ( app, { without }, caller ) => {
	const job = await onReadyServer( app, caller, async ( tx, server ) => {
		refuseWithoutGateway( server );
		const { routes } = await routesOn( { db: tx, secrets: app.secrets }, server );
		if ( routes.length === 0 ) {
			throw new GatewayError( 'not_found' );
		}
		return { request: { verb: 'route_others', without } };
	} );
	return accepted( job );
};
