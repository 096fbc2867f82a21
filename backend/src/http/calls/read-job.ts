import { eventsAfter } from '../../db/events.ts';
import { jobOf } from '../../db/jobs.ts';
import { serverOf } from '../../db/servers.ts';
import { refOf } from '../../servers/caller.ts';
import { refuseFormerJob } from '../../servers/ownership.ts';
import { viewFor } from '../../views/for.ts';
import type { Call } from '../call.ts';

/** A job and its events after a given one. */
export const readJob: Call< 'readJob' > = async ( app, { after }, caller ) => {
	const server = await serverOf( app.db, app.vault, refOf( caller ) );
	// the job first: one told as ended has all its events written
	const job = await jobOf( app.db, refOf( caller ), caller.jobId );
	refuseFormerJob( server, job, caller );
	const events = await eventsAfter( app.db, job.id, after );
	const view = await viewFor( app, caller, server );
	return view.job( job, events );
};
