/** `20 minutes`, `3 hours`, `2 days`: at least a minute. English, as all that channels are told. */
export function duration( ms: number ): string {
	const minutes = Math.max( 1, Math.round( ms / 60_000 ) );
	const count = ( n: number, unit: string ) => `${ n } ${ unit }${ n === 1 ? '' : 's' }`;
	const hours = Math.round( minutes / 60 );
	return minutes < 120
		? count( minutes, 'minute' )
		: hours < 48
		? count( hours, 'hour' )
		: count( Math.round( hours / 24 ), 'day' );
}
