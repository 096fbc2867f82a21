import { _x, sprintf } from '@wordpress/i18n';

/** Clock for elapsed time, e.g. `0:14`. */
export function elapsed( ms: number ): string {
	const seconds = Math.max( 0, Math.floor( ms / 1000 ) );
	return `${ Math.floor( seconds / 60 ) }:${ String( seconds % 60 ).padStart( 2, '0' ) }`;
}

const language = () => ( typeof document === 'undefined' ? 'en' : document.documentElement.lang || 'en' );

/** Date and time in the language of the page. `at` is an ISO 8601 date. */
export function fullTime( at: string ): string {
	return new Intl.DateTimeFormat( language(), { dateStyle: 'medium', timeStyle: 'short' } ).format( new Date( at ) );
}

/** The time of the day in the language of the page. `at` is an ISO 8601 date. */
export function timeOfDay( at: string ): string {
	return new Intl.DateTimeFormat( language(), { timeStyle: 'short' } ).format( new Date( at ) );
}

/** A date without a time in the language of the page, the same in every time zone. `at` is an ISO 8601 date. */
export function day( at: string ): string {
	return new Intl.DateTimeFormat( language(), { dateStyle: 'medium', timeZone: 'UTC' } ).format( new Date( at ) );
}

const units: Array< [ Intl.RelativeTimeFormatUnit, number ] > = [
	[ 'day', 86_400_000 ],
	[ 'hour', 3_600_000 ],
	[ 'minute', 60_000 ],
];

/** “2 minutes ago” in the language of the page, “just now” within a minute. `at` is an ISO 8601 date. */
export function relativeTime( at: string, nowMs = Date.now() ): string {
	const distanceMs = new Date( at ).getTime() - nowMs;
	const [ unit, sizeMs ] = units.find( ( [ , size ] ) => Math.abs( distanceMs ) >= size ) ?? [];
	if ( ! unit || ! sizeMs ) {
		return _x( 'just now', 'time of what happened', 'email-gateway' );
	}
	const format = new Intl.RelativeTimeFormat( language(), { numeric: 'auto' } );
	return format.format( Math.round( distanceMs / sizeMs ), unit );
}

/** Since when trouble is there. `at` is an ISO 8601 date. */
export const beganWords = ( at: string, nowMs = Date.now() ): string =>
	sprintf(
		/* translators: %s: for example "2 hours ago" */
		_x( 'Began %s.', 'trouble of a server', 'email-gateway' ),
		relativeTime( at, nowMs )
	);

/** `1.3 s`, `14 ms`, its number in the language of the page. */
export function duration( ms: number ): string {
	const format = new Intl.NumberFormat( language(), { maximumFractionDigits: ms < 1000 ? 0 : 1 } );
	return ms < 1000
		? /* translators: %s: a number of milliseconds */ sprintf(
				_x( '%s ms', 'duration', 'email-gateway' ),
				format.format( ms )
		  )
		: /* translators: %s: a number of seconds */ sprintf(
				_x( '%s s', 'duration', 'email-gateway' ),
				format.format( ms / 1000 )
		  );
}

/** “12 minutes”, “3 hours”, “2 days” in the language of the page. */
export function span( ms: number ): string {
	const minutes = Math.max( 1, Math.round( ms / 60_000 ) );
	const [ count, unit ] =
		minutes < 120
			? [ minutes, 'minute' ]
			: minutes < 48 * 60
			? [ Math.round( minutes / 60 ), 'hour' ]
			: [ Math.round( minutes / 1440 ), 'day' ];
	return new Intl.NumberFormat( language(), { style: 'unit', unit, unitDisplay: 'long' } ).format( count );
}

/** Short name of the hour, day or month that begins then. Hours are those of the reader, days and months of UTC. */
export function periodBegin( at: string, per: 'hour' | 'day' | 'month' ): string {
	const parts: Record< typeof per, Intl.DateTimeFormatOptions > = {
		hour: { weekday: 'short', hour: '2-digit', minute: '2-digit' },
		day: { day: 'numeric', month: 'short', timeZone: 'UTC' },
		month: { month: 'short', year: 'numeric', timeZone: 'UTC' },
	};
	return new Intl.DateTimeFormat( language(), parts[ per ] ).format( new Date( at ) );
}
