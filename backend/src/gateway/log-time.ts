/** What a server's clock said when its log was read. */
export interface ServerClock {
	/** Milliseconds since the epoch. */
	atMs: number;
	/** Minutes by which its time zone is ahead of UTC. */
	aheadMinutes: number;
}

const months = [ 'Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec' ];
const shape = /^([A-Z][a-z]{2}) ([ \d]\d) (\d\d):(\d\d):(\d\d) /;
const dayMs = 86_400_000;

/**
 * The time at the beginning of a line, in milliseconds since the epoch; null where there is none. It names no year: the
 * last one is meant in which it lies not more than a day ahead of the server's clock.
 */
export function timeOfLine( line: string, { atMs, aheadMinutes }: ServerClock ): number | null {
	const [ , name, day, hour, minute, second ] = shape.exec( line ) ?? [];
	const month = months.indexOf( name ?? '' );
	if ( month < 0 ) {
		return null;
	}
	const inYear = ( year: number ) =>
		Date.UTC( year, month, Number( day ), Number( hour ), Number( minute ), Number( second ) ) -
		aheadMinutes * 60_000;
	const year = new Date( atMs ).getUTCFullYear();
	return [ year + 1, year ].map( inYear ).find( ( at ) => at < atMs + dayMs ) ?? inYear( year - 1 );
}
