import type { JobActor } from '../db/tables.ts';
import type { Caller } from './mount.ts';

/** What a job remembers of who asked. */
export function jobActor( { actor, may }: Pick< Caller, 'actor' | 'may' > ): JobActor {
	return {
		login: actor.login,
		mail: actor.mail,
		administrator: may( 'manage_site' ),
		seesDefaults: may( 'manage_defaults' ),
	};
}
