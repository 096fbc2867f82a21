import type { PlannedStep } from '@email-gateway/shared';
import type { Change } from '../gateway/change.ts';
import type { Remote } from '../ssh/remote.ts';
import { followRun, type RunFollower } from './detached-run.ts';
import { applyPayload } from './payload.ts';

export interface ApplyInput extends Change {
	/** The durable job: the same id attaches to the run it started, or reads its result. */
	jobId: string;
	plan: readonly PlannedStep[];
}

export interface Applied {
	/** Folder on the server with the mail that undoing an earlier try took out of the queue; null where there was none. */
	savedQueue: string | null;
}

/**
 * Makes the server what is desired, in one transaction on the server that survives a lost connection and gives
 * everything back on failure. Resolves after its commit; an empty plan does nothing.
 * Errors: see followRun, with codes of "changing it" in the contract.
 */
export async function apply(
	remote: Remote,
	{ jobId, plan, ...change }: ApplyInput,
	follower: RunFollower
): Promise< Applied > {
	if ( plan.length === 0 && change.base.lastJob !== jobId ) {
		return { savedQueue: null };
	}
	const { savedQueue } = await followRun( remote, jobId, applyPayload( jobId, change ), follower );
	return { savedQueue: savedQueue || null };
}
