import type { App } from '../app.ts';
import { type Outcome, endJob } from '../db/job-life.ts';
import { dropJobSecrets, letGoOf } from '../db/job-secrets.ts';
import type { Job } from '../db/jobs.ts';
import { lookSoon } from '../db/watches.ts';
import type { Done } from './context.ts';

/** An install that left nothing on the server. */
function isUndone( { verb }: Job, outcome: Outcome ): boolean {
	const changed =
		outcome.state === 'failed' ? outcome.error.changed : outcome.state === 'cancelled' && outcome.changed;
	return verb === 'install_gateway' && ( changed === 'nothing' || changed === 'undone' );
}

/** The last event, what the verb records, and the end of every secret that only this job needed, all at once. */
export async function end(
	{ db, secrets }: App,
	job: Job,
	outcome: Outcome,
	record?: Done[ 'record' ]
): Promise< void > {
	await db.transaction().execute( async ( tx ) => {
		await endJob( tx, { jobId: job.id, attempt: job.attempt }, outcome );
		await record?.( tx );
		if ( isUndone( job, outcome ) ) {
			await letGoOf( tx, job );
		}
		await lookSoon( tx, { siteId: job.siteId, serverId: job.serverId } );
		await dropJobSecrets( { secrets }, tx, { siteId: job.siteId, serverId: job.serverId, jobId: job.id } );
	} );
}
