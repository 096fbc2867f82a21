import type { ErrorCode } from '@email-gateway/shared';
import type { WatchState } from './judge.ts';

/** Mail that waits or flows is followed each minute, as trouble is. */
export const closelyMs = 60_000;
/** Fail2ban, and what else counts failed logins, shuts out who tries five times in ten minutes. */
const firstPauseMs = 5 * 60_000;
const longestPauseMs = 60 * 60_000;
const refusals: readonly ErrorCode[] = [ 'sign_in_refused', 'sudo_refused', 'ssh_refused_for_now' ];

/**
 * Milliseconds until the next look. Where the server refuses to let us in, that is tried once more as any other suspicion;
 * from then on each pause is as long as the time that it has done so, between five minutes and an hour: trying each minute
 * would get the backend's address banned.
 *
 * @param found.since when the state became what it is; ISO time
 * @param usualMs     what the rules of telling ask for
 */
export function nextLookMs(
	found: { state: WatchState; reason: string | null; since: string; at: string },
	usualMs: number
): number {
	if ( refusals.some( ( code ) => code === found.reason ) ) {
		const forMs = Date.parse( found.at ) - Date.parse( found.since );
		if ( forMs === 0 ) {
			return usualMs;
		}
		return Math.min( Math.max( forMs, firstPauseMs ), longestPauseMs );
	}
	return found.state === 'right' ? usualMs : Math.min( usualMs, closelyMs );
}
