import { chooseRouteAccount } from '../../db/choose-route-account.ts';
import { namedUser } from '../../db/named-user.ts';
import { recentRouteSignIns } from '../../db/route-sign-ins.ts';
import { routesOn } from '../../db/routes.ts';
import type { Server } from '../../db/servers.ts';
import type { Tx } from '../../db/tables.ts';
import { GatewayError } from '../../errors.ts';
import { onReadyServer } from '../../jobs/on-server.ts';
import type { Caller } from '../../servers/caller.ts';
import { refuseWithoutGateway } from '../../servers/gateway-there.ts';
import { refuseManyJobs } from '../../servers/quotas.ts';
import { withRoute } from '../../servers/route-change.ts';
import { Secret } from '../../vault/secret.ts';
import { accepted } from '../../views/answers.ts';
import type { Call } from '../call.ts';

type SetRoute = Parameters< Call< 'setRoute' > >[ 1 ];

/**
 * What a route would be, and what signs in for it. Errors: those of chooseRouteAccount, namedUser and withRoute;
 * gateway_not_installed, too_many_requests.
 */
async function routeAsked(
	app: Parameters< Call< 'setRoute' > >[ 0 ],
	tx: Tx,
	{ server, input, caller }: { server: Server; input: SetRoute; caller: Caller }
) {
	refuseWithoutGateway( server );
	const { uid, account: choice, senders, sendAs } = input;
	if ( choice.use === 'typed' ) {
		const { smtpServer, userName } = choice;
		const asked = { siteId: caller.site.id, login: caller.actor.login, smtpServer, userName };
		refuseManyJobs( await recentRouteSignIns( tx, asked ) );
	}
	const { user } = await namedUser( tx, server, uid );
	const routes = await routesOn( { db: tx, secrets: app.secrets }, server );
	const before = routes.routes.find( ( route ) => route.uid === uid );
	const account = await chooseRouteAccount( app, tx, { server, choice, before, caller } );
	const set = { uid, user, senders, sendAs };
	// what is not possible is told before anything begins
	withRoute( routes, { ...set, ...account, at: new Date( caller.now ).toISOString(), by: '', onBackup: null } );
	const { password, ...signIn } = account;
	return { set, signIn, password: { secret: new Secret( password ), keepWithJob: true } };
}

/** Signs in for a route that is not set yet, and asks DNS about its senders. */
export const checkRoute: Call< 'checkRoute' > = async ( app, input, caller ) => {
	const job = await onReadyServer( app, caller, async ( tx, server ) => {
		const { set, signIn, password } = await routeAsked( app, tx, { server, input, caller } );
		const { user, senders } = set;
		return { request: { verb: 'check_route', user, senders, ...signIn }, password };
	} );
	return accepted( job );
};

/** Lets the mail of a Unix user leave by an account of its own. */
export const setRoute: Call< 'setRoute' > = async ( app, input, caller ) => {
	const job = await onReadyServer( app, caller, async ( tx, server ) => {
		const { set, signIn, password } = await routeAsked( app, tx, { server, input, caller } );
		return { request: { verb: 'set_route', ...set, ...signIn }, password };
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
