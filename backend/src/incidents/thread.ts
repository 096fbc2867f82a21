/** An incident of one server, as what tells of it needs it. */
export interface Member {
	id: string;
	/** ISO time of the first look that saw it. */
	seenAt: string;
	/** Its server cannot be reached, which is told by itself: nothing else is known of it meanwhile. */
	isHidden: boolean;
}

/** What one viewer was told of one trouble that has not ended: of one server, or of all that have it from one provider. */
export interface Thread {
	/** Names it in each message. */
	id: string;
	openedAt: string;
	/** ISO time of the last message; null while none went out. */
	toldAt: string | null;
	told: number;
	/** Ids of the incidents that belonged to it, ended ones, too. */
	members: string[];
}

/** What people said of it. */
export interface Hush {
	/** ISO time; somebody knows: what was open then is not repeated. */
	acknowledgedAt: string | null;
	/** ISO time. */
	mutedUntil: string | null;
}

export type Told = 'opened' | 'still' | 'over';

export interface Asked {
	/** Its incidents that are open. */
	members: readonly Member[];
	hush: Hush;
	/** ISO time. */
	at: string;
	/** False: told when it begins and when it ends, however long it lasts. */
	isRepeated?: boolean;
	newId: () => string;
}

export interface ThreadStep {
	thread: Thread | null;
	/** What this viewer is told now, if anything. */
	tell: Told | null;
}

const hourMs = 3_600_000;
/** A first repeat after four hours, then one a day. */
const repeatAfterMs = ( told: number ) => ( told <= 1 ? 4 : 24 ) * hourMs;
const ms = ( iso: string ) => Date.parse( iso );

/**
 * What one viewer is told of one trouble: once when it opens, again after four hours and then daily while nobody has
 * acknowledged it, once when the last of its incidents is over. While it is muted nothing is told, and afterwards only
 * what is still so: never an end, and no repeat sooner than if it had been told at the end of the mute. Pure.
 */
export function stepThread(
	before: Thread | null,
	{ members, hush, at, isRepeated = true, newId }: Asked
): ThreadStep {
	const isMuted = hush.mutedUntil !== null && ms( hush.mutedUntil ) > ms( at );
	if ( members.length === 0 ) {
		return { thread: null, tell: before && before.told > 0 && ! isMuted ? 'over' : null };
	}
	const shown = members.filter( ( { isHidden } ) => ! isHidden );
	if ( shown.length === 0 ) {
		return { thread: before, tell: null };
	}
	const thread = joined( before ?? { id: newId(), openedAt: at, toldAt: null, told: 0, members: [] }, members );
	const isKnown = hush.acknowledgedAt !== null && ms( hush.acknowledgedAt ) >= ms( thread.openedAt );
	if ( isMuted || isKnown || ( thread.told > 0 && ! isRepeated ) || ! isDue( thread, hush, at ) ) {
		return { thread, tell: null };
	}
	return {
		thread: { ...thread, toldAt: at, told: thread.told + 1 },
		tell: thread.told === 0 ? 'opened' : 'still',
	};
}

function joined( thread: Thread, members: readonly Member[] ): Thread {
	return { ...thread, members: [ ...new Set( [ ...thread.members, ...members.map( ( { id } ) => id ) ] ) ] };
}

function isDue( { toldAt, told }: Thread, { mutedUntil }: Hush, at: string ): boolean {
	if ( toldAt === null ) {
		return true;
	}
	const from = Math.max( ms( toldAt ), mutedUntil === null ? 0 : ms( mutedUntil ) );
	return ms( at ) - from >= repeatAfterMs( told );
}
