import { thatLimit } from '../gateway/caps.ts';
import type { Rules } from '../gateway/rules.ts';
import { refuseDefaultsOn } from '../servers/defaults-access.ts';
import { capsOn } from './caps.ts';
import { closedDoorsOn } from './closed-doors.ts';
import { pausesOn } from './pauses.ts';
import { asRules, routesOn, type KeptRoutes } from './routes.ts';
import { sandboxOn } from './sandbox.ts';
import type { SecretStore } from './secrets.ts';
import type { Server } from './servers.ts';
import type { Db } from './tables.ts';

type Parts = { db: Db; secrets: SecretStore };
type Of = Pick< Server, 'id' | 'siteId' | 'serverId' | 'mayHaveDefaults' >;

/** What people decided about the mail of a server, or with other routes. Errors: as otherRulesOn. */
export const rulesOn = async ( parts: Parts, server: Of, routes?: KeptRoutes ): Promise< Rules > => ( {
	...( await otherRulesOn( parts, server, routes ) ),
	sandbox: ( await sandboxOn( parts, server ) )?.rules ?? null,
} );

/**
 * All but the sandbox. Errors: record_not_genuine; forbidden, where a route has a saved account, and the server was pointed or
 * trusted elsewhere since.
 */
export async function otherRulesOn(
	{ db, secrets }: Parts,
	server: Of,
	others?: KeptRoutes
): Promise< Omit< Rules, 'sandbox' > > {
	const routes = others ?? ( await routesOn( { db, secrets }, server ) );
	if ( routes.routes.some( ( { account } ) => account !== null ) ) {
		refuseDefaultsOn( server );
	}
	return {
		paused: await pausesOn( db, server ),
		routes: asRules( routes ),
		closedDoors: ( await closedDoorsOn( { db, secrets }, server ) ).map( ( { uid } ) => uid ),
		caps: thatLimit( ( await capsOn( db, server ) ).map( ( { uid, limits } ) => ( { uid, limits } ) ) ),
	};
}
