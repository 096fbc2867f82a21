import type { Rules } from '../gateway/rules.ts';
import { capsOn } from './caps.ts';
import { pausesOn } from './pauses.ts';
import { asRules, routesOn } from './routes.ts';
import { sandboxOn } from './sandbox.ts';
import type { SecretStore } from './secrets.ts';
import type { Server } from './servers.ts';
import type { Db } from './tables.ts';

/** What people decided about the mail of a server. Errors: record_not_genuine. */
export const rulesOn = async (
	{ db, secrets }: { db: Db; secrets: SecretStore },
	server: Pick< Server, 'id' | 'siteId' | 'serverId' >
): Promise< Rules > => ( {
	...( await otherRulesOn( { db, secrets }, server ) ),
	sandbox: ( await sandboxOn( { db, secrets }, server ) )?.rules ?? null,
} );

/** All but the sandbox. */
export const otherRulesOn = async (
	{ db, secrets }: { db: Db; secrets: SecretStore },
	server: Pick< Server, 'id' | 'siteId' | 'serverId' >
): Promise< Omit< Rules, 'sandbox' > > => ( {
	paused: await pausesOn( db, server ),
	routes: asRules( await routesOn( { db, secrets }, server ) ),
	caps: ( await capsOn( db, server ) ).map( ( { uid, limits } ) => ( { uid, limits } ) ),
} );
