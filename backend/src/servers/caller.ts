import type { Actor, Permission } from '@email-gateway/shared';
import type { Site } from '../db/sites.ts';
import type { JobActor } from '../jobs/request.ts';
import type { Supplied } from './address.ts';

/** Who asks, for which site, and what they may. */
export interface Caller {
	site: Site;
	actor: Actor;
	/** For the server in the path, or for the site where it names none. */
	may( permission: Permission ): boolean;
	/** How to reach the server, where another plugin keeps that; told with requests that reach it. */
	connection: Supplied | null;
	/** When they ask, in milliseconds since the epoch. */
	now: number;
}

/** The server that a call is about: in its path. */
export interface OfServer {
	/** Post id. */
	serverId: number;
}

/** What a job remembers of who asked. */
export function jobActor( { actor, may }: Pick< Caller, 'actor' | 'may' > ): JobActor {
	return {
		login: actor.login,
		siteAdminMail: actor.siteAdminMail,
		administrator: may( 'manage_site' ),
		seesDefaults: may( 'manage_defaults' ),
	};
}

/** The same for a row that may have to be made: one that begins with its owner is theirs from the first change on. */
export const heldFor = ( { site, actor, serverId }: Pick< Caller, 'site' | 'actor' > & OfServer ) => ( {
	...{ siteId: site.id, serverId, owner: actor.owner },
} );

export const refOf = ( { site, serverId }: Pick< Caller, 'site' > & OfServer ) => ( { siteId: site.id, serverId } );
