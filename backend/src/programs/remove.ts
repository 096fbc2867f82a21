import type { Remote } from '../ssh/remote.ts';
import { followRun, type RunFollower } from './detached-run.ts';
import { removePayload } from './payload.ts';

export interface RemoveInput {
	jobId: string;
	/** What to do where mail waits: refuse, or save it on the server first. */
	waitingMail: 'refuse' | 'save';
}

export interface Removed {
	/** The mail system given back, e.g. `exim4-daemon-light`. */
	restored: string | null;
	/** Folder on the server, readable by root only, with the mail that waited. */
	savedQueue: string | null;
}

/**
 * Gives back what was there before the first install and deletes the credentials. Once it has begun to give back
 * it goes on to the end, also after a crash.
 * Errors: mail_waiting { waiting }, gateway_not_installed, packages_unavailable, undo_incomplete, see followRun.
 */
export async function remove(
	remote: Remote,
	{ jobId, waitingMail }: RemoveInput,
	follower: RunFollower
): Promise< Removed > {
	const { restored, savedQueue } = await followRun( remote, jobId, removePayload( jobId, waitingMail ), follower );
	return { restored: restored || null, savedQueue: savedQueue || null };
}
