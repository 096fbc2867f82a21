import { noRoutes } from '../gateway/routes.ts';
import type { Rules } from '../gateway/rules.ts';
import { capsOn } from './caps.ts';
import { pausesOn } from './pauses.ts';
import { sandboxOn } from './sandbox.ts';
import type { SecretStore } from './secrets.ts';
import type { Server } from './servers.ts';
import type { Db } from './tables.ts';

/** What people decided about the mail of a server. Errors: those of sandboxOn. */
export const rulesOn = async (
	{ db, secrets }: { db: Db; secrets: SecretStore },
	server: Pick< Server, 'id' | 'siteId' | 'serverId' >
): Promise< Rules > => ( {
	...( await otherRulesOn( db, server ) ),
	sandbox: ( await sandboxOn( { db, secrets }, server ) )?.rules ?? null,
} );

/** All but the sandbox. */
export const otherRulesOn = async ( db: Db, server: Pick< Server, 'id' > ): Promise< Omit< Rules, 'sandbox' > > => ( {
	paused: await pausesOn( db, server ),
	routes: noRoutes,
	caps: ( await capsOn( db, server ) ).map( ( { uid, limits } ) => ( { uid, limits } ) ),
} );
