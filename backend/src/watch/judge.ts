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
 * Since when a server is as it is now, and whether that is trouble worth telling: mail that waits is, once it has waited
 * at all looks for a quarter of an hour, or while other trouble was told and has not ended.
 *
 * @return `youngForMs`: milliseconds until what was seen is trouble, if it stays so; null where it is, or is none
 */
export function judge(
	state: WatchState,
	{ before, at }: { before: Remembered; at: string }
): { since: string; trouble: Trouble | null; youngForMs: number | null } {
	const since = before.state === state && before.since !== null ? before.since : at;
	if ( state === 'right' ) {
		return { since, trouble: null, youngForMs: null };
	}
	const youngForMs = Date.parse( since ) + waitingForMs - Date.parse( at );
	return state === 'waiting' && youngForMs > 0 && ! before.isTold
		? { since, trouble: null, youngForMs }
		: { since, trouble: state, youngForMs: null };
}
