import type { JobView } from '@email-gateway/shared';
import type { Job } from '../db/jobs.ts';

/** A job as the contract tells it, before anything is redacted. */
export function jobBody( job: Job ): JobView {
	return {
		jobId: job.id,
		serverId: job.serverId,
		verb: job.verb,
		state: job.state,
		createdAt: job.createdAt.toISOString(),
		startedAt: job.startedAt?.toISOString() ?? null,
		finishedAt: job.finishedAt?.toISOString() ?? null,
		by: job.askedBy.login,
		cancelRequested: job.cancelRequestedAt !== null,
		error: job.error,
		result: job.result,
	};
}
