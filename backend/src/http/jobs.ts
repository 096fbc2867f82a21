import type { ResponseOf } from '@email-gateway/shared';
import type { App } from '../app.ts';
import { note } from '../db/audit.ts';
import { eventsAfter } from '../db/events.ts';
import { forSite } from '../db/for-site.ts';
import { isOfFormerOwner } from './hand-over.ts';
import { cancelJob as cancel } from '../db/job-life.ts';
import { jobShowsUnshown } from '../db/job-defaults.ts';
import { jobOf, jobView, type Job } from '../db/jobs.ts';
import { serverOf, type Server } from '../db/servers.ts';
import { hasUnshown, letGoOfDefaults } from '../db/settings.ts';
import { GatewayError } from '../errors.ts';
import { dropJobSecrets } from '../jobs/job-secrets.ts';
import type { Caller, Params } from './mount.ts';
import { withholdEvent, withholdJob } from './withhold.ts';

/** A job and its events after a given one. */
export async function readJob(
	{ db, vault }: App,
	{ after }: { after: number },
	{ site, may, serverId, jobId }: Caller & Params
): Promise< ResponseOf< 'readJob' > > {
	const ref = { siteId: site.id, serverId };
	// the job first: one told as ended has all its events written
	const server = await serverOf( db, vault, ref );
	const found = shown( server, await jobOf( db, ref, jobId ), may );
	const job = jobView( found );
	const events = await eventsAfter( db, jobId, after );
	const isWithheld =
		! may( 'manage_defaults' ) &&
		( ( server && ( await hasUnshown( db, server ) ) ) || ( await jobShowsUnshown( db, found ) ) );
	return isWithheld ? { job: withholdJob( job ), events: events.map( withholdEvent ) } : { job, events };
}

/** Errors: not_found, for what a former owner of the server asked for. */
function shown( server: Server | undefined, job: Job, may: Caller[ 'may' ] ): Job {
	if ( isOfFormerOwner( server, job ) && ! may( 'manage_site' ) ) {
		throw new GatewayError( 'not_found' );
	}
	return job;
}

export async function cancelJob(
	{ db, secrets, vault }: App,
	{ site, actor, may, serverId, jobId }: Caller & Params
): Promise< { jobId: string } > {
	const ref = { siteId: site.id, serverId };
	await forSite( db, site, async ( tx ) => {
		const job = shown( await serverOf( tx, vault, ref ), await jobOf( tx, ref, jobId ), may );
		if ( ( await cancel( tx, jobId, actor.login ) ) === 'ended' ) {
			// no worker will come and do it
			if ( job.verb === 'install_gateway' ) {
				await letGoOfDefaults( tx, ref );
			}
			await dropJobSecrets( { secrets }, tx, { ...ref, jobId } );
		}
		await note( tx, vault, { ...ref, actor: actor.login, action: 'cancel_asked', detail: { jobId } } );
	} );
	return { jobId };
}
