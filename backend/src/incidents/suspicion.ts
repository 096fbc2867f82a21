import type { AlertTrouble } from '@email-gateway/shared';

/** Trouble that has not ended, from the first look that saw it. */
export interface Suspicion {
	/** The same in each message about it. */
	id: string;
	/** ISO time of the first look that saw it. */
	seenAt: string;
	/** Null while it is only suspected: one look alone opens no incident. */
	openedAt: string | null;
}

/** What a look found, as the rules of telling need it. */
export interface Seen {
	/** Null where all is well. */
	trouble: AlertTrouble | null;
	/** ISO time. */
	at: string;
	/** ISO time of the first of the looks that saw it, where it is trouble only since now: it was never one look alone. */
	since?: string;
	/** The server answered, and the look did not end in time: a server that is slow is not one that is gone. */
	isSlow?: boolean;
}

export interface Step {
	incident: Suspicion | null;
	/** What became of the incident with this look. */
	became: 'open' | 'over' | null;
	/** Milliseconds from the beginning of this look until the next. */
	nextLookMs: number;
}

/** From the beginning of a look to that of the next: a look that waits in vain takes fifteen seconds itself. */
const suspiciousMs = 15_000;
const troubledMs = 60_000;
/** With what the loop and the look itself take, each server is looked at every five minutes. */
const quietMs = 270_000;
/** A server that is only slow is given time to finish what makes it so. */
const slowForMs = 120_000;

/**
 * What one look makes of the incident before it: ok → suspected → open → over. Another trouble of the same gateway is the
 * same incident, so a changed text is no new alert. Pure. Who is told, and when again, is decided in `thread.ts`.
 *
 * @param newId names an incident that begins now
 */
export function stepSuspicion(
	before: Suspicion | null,
	{ trouble, at, since = at, isSlow }: Seen,
	newId: () => string
): Step {
	if ( trouble === null ) {
		// what has just ended may begin again
		const nextLookMs = before === null ? quietMs : troubledMs;
		return { incident: null, became: before?.openedAt ? 'over' : null, nextLookMs };
	}
	if ( before === null && since < at ) {
		return { incident: { id: newId(), seenAt: since, openedAt: at }, became: 'open', nextLookMs: troubledMs };
	}
	if ( before === null ) {
		return { incident: { id: newId(), seenAt: at, openedAt: null }, became: null, nextLookMs: suspiciousMs };
	}
	if ( before.openedAt === null && isSlow && Date.parse( at ) - Date.parse( before.seenAt ) < slowForMs ) {
		return { incident: before, became: null, nextLookMs: suspiciousMs };
	}
	return before.openedAt === null
		? { incident: { ...before, openedAt: at }, became: 'open', nextLookMs: troubledMs }
		: { incident: before, became: null, nextLookMs: troubledMs };
}
