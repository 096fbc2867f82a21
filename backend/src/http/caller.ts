import type { JobActor } from '../jobs/request.ts';
import type { Caller } from './mount.ts';

/** What a job remembers of who asked. */
export function jobActor( { actor, may }: Pick< Caller, 'actor' | 'may' > ): JobActor {
	return {
		login: actor.login,
		siteAdminMail: actor.siteAdminMail,
		administrator: may( 'manage_site' ),
		seesDefaults: may( 'manage_defaults' ),
	};
}
