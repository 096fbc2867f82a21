import { expect, test } from '@jest/globals';
import { duration, elapsed, relativeTime, span } from './time.ts';

test( 'elapsed time reads like a clock', () => {
	expect( [ 0, 14_900, 61_000, 3_600_000, -5 ].map( elapsed ) ).toEqual( [
		'0:00',
		'0:14',
		'1:01',
		'60:00',
		'0:00',
	] );
} );

test( 'a duration is told in the unit that suits it', () => {
	expect( [ 14, 999, 1312 ].map( duration ) ).toEqual( [ '14 ms', '999 ms', '1.3 s' ] );
} );

test( 'a moment is told by its distance', () => {
	const nowMs = Date.parse( '2026-11-23T12:00:00Z' );
	const told = [ '2026-11-23T11:59:50Z', '2026-11-23T11:58:00Z', '2026-11-23T09:00:00Z', '2026-11-20T12:00:00Z' ];
	expect( told.map( ( at ) => relativeTime( at, nowMs ) ) ).toEqual( [
		'just now',
		'2 minutes ago',
		'3 hours ago',
		'3 days ago',
	] );
} );

test( 'a span is told in whole minutes, hours or days', () => {
	const [ minute, hour ] = [ 60_000, 3_600_000 ];
	expect( [ 3000, minute, 119 * minute, 2 * hour, 47 * hour, 50 * hour ].map( span ) ).toEqual( [
		...[ '1 minute', '1 minute', '119 minutes', '2 hours', '47 hours', '2 days' ],
	] );
} );
