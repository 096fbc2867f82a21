import type { AlertTrouble, Observation } from '@email-gateway/shared';
import type { IncidentDetail } from '../db/alert-tables.ts';

export type BesideTrouble = Extract< AlertTrouble, 'disk_low' | 'clock_wrong' >;

/** Trouble of a server beside that of its gateway: it is told by itself, whatever else is wrong there. */
export interface Beside {
	trouble: BesideTrouble;
	detail: IncidentDetail;
	/** The look before did not see it: a backup that is written may be gone a moment later, a clock set. */
	isNew: boolean;
}

type Before = Pick< Observation, 'room' | 'clock' >;

/** What a look saw of it, and whether the look before did, too. Pure. */
export function besideOf( mail: Observation, before: Before ): Beside[] {
	const room = lacking( mail );
	const { clock } = mail;
	return [
		...( room
			? [ { trouble: 'disk_low', detail: { room }, isNew: lacking( before ) === undefined } as const ]
			: [] ),
		...( clock?.isWrong
			? [ { trouble: 'clock_wrong', detail: { aheadS: clock.aheadS }, isNew: ! before.clock?.isWrong } as const ]
			: [] ),
	];
}

const lacking = ( { room }: Before ) => room.find( ( { lacks } ) => lacks !== null );

/** Milliseconds until the next look: at once to be sure, then each minute; null where there is nothing. */
export const besideMs = ( beside: readonly Beside[] ): number | null =>
	beside.length === 0 ? null : beside.some( ( { isNew } ) => isNew ) ? 15_000 : 60_000;
