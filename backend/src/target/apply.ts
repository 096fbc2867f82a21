import type { PlannedStep } from '@email-gateway/shared';
import type { Desired } from '../gateway/desired.ts';
import type { Remote } from '../ssh/remote.ts';
import { followRun, type RunFollower } from './detached-run.ts';
import { applyPayload } from './payload.ts';

export interface ApplyInput {
	/** The durable job: the same id attaches to the run it started, or reads its result. */
	jobId: string;
	desired: Desired;
	plan: readonly PlannedStep[];
}

/**
 * Makes the server what is desired, in one transaction on the server that survives a lost connection and gives
 * everything back on failure. Resolves after its commit; an empty plan does nothing.
 * Errors: see followRun, with codes of "changing it" in the contract.
 */
export async function apply( remote: Remote, { jobId, desired, plan }: ApplyInput, follower: RunFollower ): Promise< void > {
	if ( plan.length === 0 && desired.lastJob !== jobId ) {
		return;
	}
	await followRun( remote, jobId, applyPayload( jobId, desired ), follower );
}
