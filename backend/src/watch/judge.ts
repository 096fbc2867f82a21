import type { Trouble } from '@email-gateway/shared';

/** Mail that cannot be delivered at the first try is usual; after so long nobody should have to find out alone. */
const waitingForMs = 15 * 60_000;

/** What a look saw, in one word. */
export type WatchState = 'right' | Trouble;

/** What is remembered of the looks before. */
export interface Remembered {
	state: WatchState | null;
	/** When the state became what it is; ISO time. */
	since: string | null;
	/** Whether people were told of trouble that has not ended. */
	isTold: boolean;
}

/**
 * Since when a server is as it is now, and whether that is trouble worth telling: mail that waits is, once the oldest of it
 * arrived a quarter of an hour ago, or while other trouble was told and has not ended. Looks may come late, and one that
 * falls on a try sees nothing wait: where the age is not known, mail counts from the first of the looks that all saw it.
 *
 * @param oldestS seconds since the oldest of what waits arrived
 * @return `youngForMs`: milliseconds until what was seen is trouble, if it stays so; null where it is, or is none
 */
export function judge(
	state: WatchState,
	{ before, at, oldestS = null }: { before: Remembered; at: string; oldestS?: number | null }
): { since: string; trouble: Trouble | null; youngForMs: number | null } {
	const since = before.state === state && before.since !== null ? before.since : at;
	if ( state === 'right' ) {
		return { since, trouble: null, youngForMs: null };
	}
	const waitedMs = oldestS === null ? Date.parse( at ) - Date.parse( since ) : oldestS * 1000;
	const youngForMs = waitingForMs - waitedMs;
	return state === 'waiting' && youngForMs > 0 && ! before.isTold
		? { since, trouble: null, youngForMs }
		: { since, trouble: state, youngForMs: null };
}
