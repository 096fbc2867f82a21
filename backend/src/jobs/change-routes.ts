import { jobPassword } from '../db/places.ts';
import { asRules, keepRoutes, routesOn, type KeptRoutes } from '../db/routes.ts';
import { recordOf } from '../db/change-server.ts';
import { rulesOn } from '../db/rules.ts';
import { GatewayError } from '../errors.ts';
import type { Facts } from '../gateway/facts.ts';
import { withoutRouteOf, withRoute } from '../servers/route-change.ts';
import type { Remote } from '../ssh/remote.ts';
import { changeRules, installedForChange } from './change-rules.ts';
import type { JobContext, VerbOf } from './context.ts';
import { withLook } from './look-at.ts';
import { preflightStep } from './preflight-step.ts';
import type { JobRequest } from './request.ts';

type Of< Verb > = VerbOf< Extract< JobRequest, { verb: Verb } > >;

/**
 * Lets the mail of a Unix user leave by an account of its own: signed in with first, then a change of the gateway as an
 * install is. Errors: password_required, provider_*, those of withRoute and changeRules.
 */
export const setRoute: Of< 'set_route' > = ( context, { verb, ...wanted } ) =>
	withLook( context, async ( remote, facts ) => {
		const { app, server, job } = context;
		const password = await app.secrets.read( app.db, jobPassword( job ) );
		if ( ! password ) {
			throw new GatewayError( 'password_required' );
		}
		const { settings } = await installedForChange( context, facts );
		const { smtpServer, smtpPort, userName } = wanted;
		if ( ! context.isApplying() ) {
			await preflightStep( context, remote, {
				settings: { ...settings, smtpServer, smtpPort, userName },
				password,
			} );
		}
		const set = { ...wanted, password: password.reveal(), at: new Date().toISOString(), by: job.askedBy.login };
		const next = withRoute( await routesOn( app, server ), set );
		return changed( context, remote, { facts, next, result: { verb, smtpServer } } );
	} );

/** Ends the route of a Unix user. Errors: those of changeRules. */
export const removeRoute: Of< 'remove_route' > = ( context, { verb, uid } ) =>
	withLook( context, async ( remote, facts ) => {
		const next = withoutRouteOf( await routesOn( context.app, context.server ), uid );
		return changed( context, remote, { facts, next, result: { verb } } );
	} );

/** What becomes of mail of sites without a route. Errors: those of changeRules. */
export const routeOthers: Of< 'route_others' > = ( context, { verb, without } ) =>
	withLook( context, async ( remote, facts ) => {
		const next = { ...( await routesOn( context.app, context.server ) ), without };
		return changed( context, remote, { facts, next, result: { verb, without } } );
	} );

async function changed< Result >(
	context: JobContext,
	remote: Remote,
	{ facts, next, result }: { facts: Facts; next: KeptRoutes; result: Result }
) {
	const { app, server } = context;
	const rules = { ...( await rulesOn( app, server ) ), routes: asRules( next ) };
	const lastLook = await changeRules( context, remote, { facts, next: rules } );
	await keepRoutes( app, server, next );
	return { result, record: ( tx: Parameters< typeof recordOf >[ 0 ] ) => recordOf( tx, server, { lastLook } ) };
}
