import type { JobEvent, ResponseOf, ServerView } from '@email-gateway/shared';
import { jobShowsUnshown } from '../db/job-defaults.ts';
import type { Job } from '../db/jobs.ts';
import type { SecretStore } from '../db/secrets.ts';
import type { Server } from '../db/servers.ts';
import { hasUnshown, hasUnshownSettings } from '../db/settings.ts';
import type { Db } from '../db/tables.ts';
import type { Caller } from '../servers/caller.ts';
import { jobShownTo } from '../servers/ownership.ts';
import { jobBody } from './job.ts';
import { redactConnection, redactEvent, redactGateway, redactJob } from './redact.ts';
import { serverBody } from './server.ts';
import { View } from './view.ts';

/** What one person is told of one server and its jobs. */
export interface ViewFor {
	/** Everything that its screen shows. */
	screen( server: Server, newest: Job | undefined ): Promise< View< ServerView > >;
	job( job: Job, events: JobEvent[] ): Promise< View< ResponseOf< 'readJob' > > >;
}

/**
 * The only way to what is known of a server: decided once for this person, for all that is told of it. A customer may run
 * a gateway with the defaults, or one that a former owner left, without being shown them.
 */
export async function viewFor(
	parts: { db: Db; secrets: SecretStore },
	caller: Caller,
	server: Server | undefined
): Promise< ViewFor > {
	const seesAll = caller.may( 'manage_defaults' );
	const isRedacted = ! seesAll && server !== undefined && ( await hasUnshown( parts.db, server ) );
	const hidesSettings = isRedacted && ( await hasUnshownSettings( parts.db, server ) );
	const isJobRedacted = async ( job: Job ) =>
		isRedacted || ( ! seesAll && ( await jobShowsUnshown( parts.db, job ) ) );
	const jobFor = async ( job: Job ) => {
		const body = jobBody( job );
		return ( await isJobRedacted( job ) ) ? redactJob( body ) : body;
	};
	return {
		async screen( of, newest ) {
			const shown = jobShownTo( of, newest, caller );
			const { connection, gateway, ...rest } = await serverBody( parts, of, { job: shown, caller } );
			return new View( {
				...rest,
				connection: isRedacted ? redactConnection( connection ) : connection,
				gateway: hidesSettings ? redactGateway( gateway ) : gateway,
				job: shown ? await jobFor( shown ) : null,
			} );
		},
		async job( job, events ) {
			const told = ( await isJobRedacted( job ) ) ? events.map( redactEvent ) : events;
			return new View( { job: await jobFor( job ), events: told } );
		},
	};
}
