import type { Trouble } from '@email-gateway/shared';

/** Trouble with one server that has not ended, from the first look that saw it. */
export interface Incident {
	/** The same in each message about it. */
	id: string;
	/** ISO time of the first look that saw it. */
	seenAt: string;
	/** Null while it is only suspected: one look alone tells nobody. */
	openedAt: string | null;
	/** When the last message went out, and how many there were. */
	toldAt: string | null;
	told: number;
}

/** What a look found, as the rules of telling need it. */
export interface Seen {
	/** Null where all is well. */
	trouble: Trouble | null;
	/** ISO time. */
	at: string;
}

export interface Step {
	incident: Incident | null;
	/** What people are told now, if anything. */
	tell: 'opened' | 'still' | 'over' | null;
	/** Milliseconds until the next look. */
	nextLookMs: number;
}

const suspiciousMs = 15_000;
const troubledMs = 60_000;
/** With what the loop and the look itself take, each server is looked at every five minutes. */
const quietMs = 270_000;
/** A first repeat after four hours, then one a day. */
const repeatAfterMs = ( told: number ) => ( told <= 1 ? 4 : 24 ) * 3_600_000;

/**
 * What one look makes of the incident before it: ok → suspected → open (told) → over (told once). Another trouble of
 * the same server is the same incident, so a changed text is no new alert. Pure.
 *
 * @param newId names an incident that begins now
 */
export function stepIncident( before: Incident | null, { trouble, at }: Seen, newId: () => string ): Step {
	if ( trouble === null ) {
		return { incident: null, tell: before?.openedAt ? 'over' : null, nextLookMs: quietMs };
	}
	if ( before === null ) {
		const incident = { id: newId(), seenAt: at, openedAt: null, toldAt: null, told: 0 };
		return { incident, tell: null, nextLookMs: suspiciousMs };
	}
	if ( before.openedAt === null ) {
		const incident = { ...before, openedAt: at, toldAt: at, told: 1 };
		return { incident, tell: 'opened', nextLookMs: troubledMs };
	}
	const isDue = Date.parse( at ) - Date.parse( before.toldAt ?? at ) >= repeatAfterMs( before.told );
	return {
		incident: isDue ? { ...before, toldAt: at, told: before.told + 1 } : before,
		tell: isDue ? 'still' : null,
		nextLookMs: troubledMs,
	};
}
