import type { RouteInput } from '@email-gateway/shared';
import { sendingUser } from '../../db/pauses.ts';
import { routesOn, type KeptRoutes } from '../../db/routes.ts';
import { GatewayError } from '../../errors.ts';
import { onReadyServer } from '../../jobs/on-server.ts';
import { refuseWithoutGateway } from '../../servers/gateway-there.ts';
import { isBoundTo } from '../../servers/password-binding.ts';
import { withRoute } from '../../servers/route-change.ts';
import { Secret } from '../../vault/secret.ts';
import { accepted } from '../../views/answers.ts';
import type { Call } from '../call.ts';

/** Lets the mail of a Unix user leave by an account of its own. */
export const setRoute: Call< 'setRoute' > = async ( app, input, caller ) => {
	const { password: _choice, ...wanted } = input;
	const job = await onReadyServer( app, caller, async ( tx, server ) => {
		refuseWithoutGateway( server );
		const user = ( await sendingUser( tx, server, wanted.uid ) )?.user ?? null;
		if ( user === null ) {
			throw new GatewayError( 'not_found' );
		}
		const routes = await routesOn( { db: tx, secrets: app.secrets }, server );
		const secret = passwordFor( routes, input );
		// what is not possible is told before anything begins
		withRoute( routes, { ...wanted, user, password: '', at: new Date( caller.now ).toISOString(), by: '' } );
		return { request: { verb: 'set_route', ...wanted, user }, password: { secret, keepWithJob: true } };
	} );
	return accepted( job );
};

/** A saved one is given for the server and user name it was saved with only. Errors: password_required. */
function passwordFor( { routes }: KeptRoutes, { uid, password, ...asked }: RouteInput & { uid: number } ): Secret {
	if ( password.use === 'typed' ) {
		return new Secret( password.value );
	}
	const last = routes.find( ( route ) => route.uid === uid );
	if ( password.use !== 'saved' || ! last || ! isBoundTo( last, asked ) ) {
		throw new GatewayError( 'password_required' );
	}
	return new Secret( last.password );
}

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
