import type { AlertTrouble } from '@email-gateway/shared';

/** What the Unix user of a site sent, counted by its server’s mail log. */
export interface SiteCounts {
	/** The most of an hour: of this one and the one before. */
	lately: number;
	/** The most of an hour within the seven days before that. */
	busiest: number;
	/** Within this hour and the one before. */
	accepted: number;
	refused: number;
	/** Within the last 24 hours. */
	today: number;
	/** Of the seven days that ended a day ago: on how many something was sent. */
	days: number;
	/** The log is known for so many days. */
	knownDays: number;
}

export interface SiteTrouble {
	trouble: Extract< AlertTrouble, 'many_refused' | 'unusually_many' | 'fell_silent' >;
	messages: number;
	usual?: number;
	refused?: number;
}

/** Fewer are no flood, however few are usual: a form that is sent some times, a password that is asked for. */
const fewestOfFlood = 100;
const timesUsual = 10;
/** Fewer may be one list of old addresses. */
const fewestRefused = 20;
const shareRefused = 0.2;
const week = 7;

/**
 * What is unusual of a site. What is usual is known after a week, and it is the busiest hour rather than the average, so that
 * a newsletter that goes out every week alarms nobody. What is open ends at half of what opens it: nothing flickers. Pure.
 */
export function siteTroubles( counts: SiteCounts, open: ReadonlySet< AlertTrouble > ): SiteTrouble[] {
	const { lately, busiest, accepted, refused, today, days, knownDays } = counts;
	const found: SiteTrouble[] = [];
	const ease = ( trouble: AlertTrouble ) => ( open.has( trouble ) ? 0.5 : 1 );
	const finished = accepted + refused;
	const ofRefused = ease( 'many_refused' );
	if ( refused >= fewestRefused * ofRefused && refused / finished >= shareRefused * ofRefused ) {
		found.push( { trouble: 'many_refused', messages: finished, refused } );
	}
	const ofFlood = ease( 'unusually_many' );
	if ( knownDays >= week && lately >= Math.max( fewestOfFlood, timesUsual * busiest ) * ofFlood ) {
		found.push( { trouble: 'unusually_many', messages: lately, usual: busiest } );
	}
	if ( knownDays > week && days >= week && today === 0 ) {
		found.push( { trouble: 'fell_silent', messages: 0 } );
	}
	return found;
}

/** A certificate that is not renewed two weeks before it ends may be forgotten; three days before, it is. */
export function certificateTrouble( expiresAt: string, at: string ): 'certificate' | 'certificate_soon' | null {
	const days = ( Date.parse( expiresAt ) - Date.parse( at ) ) / 86_400_000;
	return days <= 3 ? 'certificate_soon' : days <= 14 ? 'certificate' : null;
}
