/** What a server's clock said when its log was read. */
export interface ServerClock {
	/** Milliseconds since the epoch. */
	atMs: number;
	/** Minutes by which its time zone is ahead of UTC. */
	aheadMinutes: number;
	/** What ours said then: whatever the server's says, nothing was written later. Milliseconds since the epoch. */
	oursMs?: number;
}

/** When the log was read, by the server's clock where that may be right. */
export const timeRead = ( { atMs, oursMs = atMs }: ServerClock ): number => Math.min( atMs, oursMs );

const months = [ 'Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec' ];
const shape = /^([A-Z][a-z]{2}) ([ \d]\d) (\d\d):(\d\d):(\d\d) /;
/** A log is not as old as that. */
const halfYearMs = 180 * 86_400_000;

/**
 * The time at the beginning of a line, in milliseconds since the epoch; null where there is none. It names no year: the
 * last one is meant in which it lies not more than half a year ahead of the server's clock, which may have been set back. One that
 * lies ahead of our clock was written just now.
 */
export function timeOfLine( line: string, { atMs, aheadMinutes, oursMs = Infinity }: ServerClock ): number | null {
	const [ , name, day, hour, minute, second ] = shape.exec( line ) ?? [];
	const month = months.indexOf( name ?? '' );
	if ( month < 0 ) {
		return null;
	}
	const inYear = ( year: number ) =>
		Date.UTC( year, month, Number( day ), Number( hour ), Number( minute ), Number( second ) ) -
		aheadMinutes * 60_000;
	const year = new Date( atMs ).getUTCFullYear();
	const told = [ year + 1, year ].map( inYear ).find( ( at ) => at < atMs + halfYearMs ) ?? inYear( year - 1 );
	return Math.min( told, oursMs );
}
