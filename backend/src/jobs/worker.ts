import type { App } from '../app.ts';
import { claimJob } from '../db/job-life.ts';
import { jobById, type Job } from '../db/jobs.ts';
import { serverOf, type Server } from '../db/servers.ts';
import { siteById } from '../db/sites.ts';
import { carryOut } from './carry-out.ts';
import { end } from './end-job.ts';
import { holdJob } from './hold-job.ts';
import { movedOn, notBegun } from './may-run.ts';
import type { Delivery } from './queue.ts';

/** Takes jobs from the queue until it stops. */
export function work( app: App ): Promise< void > {
	return app.queue.work( ( delivery ) => take( app, delivery ), { jobsAtOnce: app.config.jobsAtOnce } );
}

/** One delivery: claims the job, runs its verb, writes how it ended. Throws to have it delivered again. */
async function take( app: App, { jobId, deliveredBefore, signal }: Delivery ): Promise< void > {
	const claimed = await claim( app, jobId );
	if ( ! claimed ) {
		return;
	}
	const { job, server } = claimed;
	const refused = notBegun( app, job, { deliveredBefore } );
	if ( refused ) {
		return end( app, job, refused );
	}
	const site = await siteById( app.db, app.vault, job.siteId );
	const held = holdJob( app, { job, server, site, signal } );
	try {
		await carryOut( held, { deliveredBefore } );
	} finally {
		held.release();
	}
}

/** Null: it is over, has another worker, or waits in another line now. */
async function claim( app: App, jobId: string ): Promise< { job: Job; server: Server } | null > {
	const found = await jobById( app.db, jobId );
	const server = found && ( await serverOf( app.db, app.vault, { siteId: found.siteId, serverId: found.serverId } ) );
	if ( ! found || ! server || ( await movedOn( app, found, server ) ) ) {
		return null;
	}
	const job = await app.db.transaction().execute( ( tx ) => claimJob( tx, jobId ) );
	return job ? { job, server } : null;
}
