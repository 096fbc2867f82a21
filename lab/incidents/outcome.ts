import type { AlertTrouble } from '@email-gateway/shared';
import type { Told } from './told.ts';

/** The longest from when a trouble is visible until it is told, where its server is looked at each minute, and elsewhere. */
export const goalsMs = { eachMinute: 100_000, elsewhere: 330_000 } as const;

/** One fault on one server, as it went. Times in milliseconds since the epoch. */
export interface Played {
	name: string;
	what: string;
	kind: string;
	/** Its sites send: it is looked at each minute. */
	eachMinute: boolean;
	expected: readonly AlertTrouble[];
	visibleAtMs: number;
	/** When the screen showed another state than before; null: never. */
	seenAtMs: number | null;
	/** The state that it showed. */
	seenAs: string | null;
	healedAtMs: number;
	/** Everything that was told of this server meanwhile, oldest first. */
	told: readonly Told[];
	/** Why it could not be played; null where it was. */
	failed: string | null;
}

export interface Judged {
	/** Seconds from when it was visible, or from the cure; null: never. */
	seenS: number | null;
	toldS: number | null;
	overS: number | null;
	/** What is not as it must be; empty: as expected. */
	missed: string[];
}

const seconds = ( from: number, to: number | null | undefined ): number | null =>
	to === null || to === undefined ? null : Math.round( ( to - from ) / 1000 );

/** Compares what was told with what must be. Pure. */
export function judge( played: Played ): Judged {
	const { told, visibleAtMs, healedAtMs, seenAtMs, expected, eachMinute } = played;
	const opened = told.filter( ( { kind } ) => kind === 'opened' );
	const over = told.filter( ( { kind } ) => kind === 'over' );
	const goalMs = eachMinute ? goalsMs.eachMinute : goalsMs.elsewhere;
	const [ first ] = opened;
	const found: Judged = {
		seenS: seconds( visibleAtMs, seenAtMs ),
		toldS: seconds( visibleAtMs, first?.atMs ),
		overS: seconds( healedAtMs, over[ 0 ]?.atMs ),
		missed: [],
	};
	const must = ( isRight: boolean, otherwise: string ) => void ( isRight || found.missed.push( otherwise ) );
	if ( played.failed !== null ) {
		return { ...found, missed: [ `not played: ${ played.failed }` ] };
	}
	must( seenAtMs !== null, 'the screen did not show it' );
	must( opened.length === 1, `${ opened.length } alerts` );
	must( over.length === 1, `${ over.length } recoveries` );
	if ( first ) {
		must( first.atMs - visibleAtMs <= goalMs, `told after more than ${ goalMs / 1000 } s` );
		must(
			expected.some( ( one ) => one === first.trouble ),
			`told as ${ first.trouble }, not ${ expected.join( ' or ' ) }`
		);
		must(
			over.every( ( { incident } ) => incident === first.incident ),
			'the recovery is of another incident'
		);
	}
	return found;
}
