import { note } from '../../db/audit.ts';
import { forSite } from '../../db/for-site.ts';
import { cancelJob as cancel } from '../../db/job-life.ts';
import { afterCancelled } from '../../db/job-secrets.ts';
import { jobOf } from '../../db/jobs.ts';
import { serverOf } from '../../db/servers.ts';
import { refOf } from '../../servers/caller.ts';
import { refuseFormerJob } from '../../servers/ownership.ts';
import { accepted } from '../../views/answers.ts';
import type { Call } from '../call.ts';

/** Asks a job to stop; one that waits ends at once. */
export const cancelJob: Call< 'cancelJob' > = ( app, _input, caller ) =>
	forSite( app.db, caller.site, async ( tx ) => {
		const { jobId } = caller;
		const by = caller.actor.login;
		const job = await jobOf( tx, refOf( caller ), jobId );
		refuseFormerJob( await serverOf( tx, app.vault, refOf( caller ) ), job, caller );
		if ( ( await cancel( tx, jobId, by ) ) === 'ended' ) {
			await afterCancelled( app, tx, job );
		}
		const entry = { ...refOf( caller ), actor: by, action: 'cancel_asked' } as const;
		await note( tx, app.vault, { ...entry, detail: { jobId } } );
		return accepted( { jobId } );
	} );
