import type { Observation } from '@email-gateway/shared';

/**
 * A clock that is synchronised is right within a second; what is signed with a time (Kerberos, OAuth, the APIs of
 * providers) bears five minutes, so more than that is no drift but a clock that nobody keeps.
 */
const wrongFromS = 300;
/** What was wrong is right again well below that. */
const rightBelowS = 240;

/**
 * What the clock of a server is, against that of the backend. Pure.
 *
 * @param aheadS seconds by which it is surely ahead; below zero: behind
 */
export function clockOf( aheadS: number, before: Observation[ 'clock' ] ): NonNullable< Observation[ 'clock' ] > {
	return { aheadS, isWrong: Math.abs( aheadS ) >= ( before?.isWrong ? rightBelowS : wrongFromS ) };
}

/**
 * Seconds by which a clock is surely ahead of ours (below zero: behind) that told its time at some moment between two of
 * ours; 0 where that may be why they differ.
 *
 * @param clockS seconds since the epoch, without what began since
 */
export function surelyAheadS( clockS: number, { fromMs, toMs }: { fromMs: number; toMs: number } ): number {
	const leastMs = clockS * 1000 - toMs;
	const mostMs = clockS * 1000 + 999 - fromMs;
	return leastMs > 0 ? Math.floor( leastMs / 1000 ) : mostMs < 0 ? Math.ceil( mostMs / 1000 ) : 0;
}
