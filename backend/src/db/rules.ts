import { noRoutes } from '../gateway/routes.ts';
import type { Rules } from '../gateway/rules.ts';
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
	paused: await pausesOn( db, server ),
	routes: noRoutes,
	sandbox: ( await sandboxOn( { db, secrets }, server ) )?.rules ?? null,
} );
