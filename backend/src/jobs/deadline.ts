import type { Verb } from '@email-gateway/shared';
import type { Job } from '../db/jobs.ts';

/**
 * Minutes from when a job was first taken up until it ends, whatever its server does, and however often it was
 * delivered again or connected again. A change may wait five minutes for apt's lock, fetch packages over a slow line
 * and outlive a reboot.
 */
const minutes: Record< Verb, number > = {
	check_connection: 5,
	preview_changes: 5,
	check_settings: 10,
	find_settings: 5,
	send_test_email: 5,
	deliver_waiting_mail: 5,
	deliver_former_mail: 6,
	read_queue: 5,
	change_queue: 8,
	install_gateway: 45,
	pause_site: 20,
	resume_site: 20,
	preview_sandbox: 5,
	check_route: 10,
	set_route: 20,
	update_routes: 20,
	remove_route: 20,
	route_others: 20,
	turn_on_sandbox: 20,
	turn_off_sandbox: 20,
	cap_site: 20,
	preview_doors: 5,
	change_doors: 20,
	remove_gateway: 45,
};
/** Longer than any of them, in which a worker that died may have held the job. */
export const longestSeconds = 60 * 60;

export const minutesOf = ( { verb }: Pick< Job, 'verb' > ): number => minutes[ verb ];

/** Milliseconds until the job has to end; never more than it has at all, also where the clock was set back. */
export function leftMs( job: Pick< Job, 'verb' | 'startedAt' >, now = Date.now() ): number {
	const wholeMs = minutesOf( job ) * 60_000;
	return Math.min( wholeMs, ( job.startedAt?.getTime() ?? now ) + wholeMs - now );
}

const letGo = { silentMs: 30_000, wholeMs: 10 * 60_000 };

/**
 * Whether a person who pressed Cancel waits no longer for a server that is being changed: one that says nothing is let
 * go of soon, one that gives back what was there before has its time for that.
 */
export function isCancelOver( { askedAt, heardAt }: { askedAt: number; heardAt: number }, now = Date.now() ): boolean {
	const waited = now - askedAt;
	return waited > letGo.wholeMs || ( waited > letGo.silentMs && now - heardAt > letGo.silentMs );
}
