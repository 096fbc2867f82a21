import { expect, test } from '@jest/globals';
import { beginnings, delayOfShare, rowsOf } from './mail-rows.ts';

const now = Date.UTC( 2026, 2, 1, 0, 30 );

test.each( [
	[ 'hour', [ '2026-02-28T22:00', '2026-02-28T23:00', '2026-03-01T00:00' ] ],
	[ 'day', [ '2026-02-27T00:00', '2026-02-28T00:00', '2026-03-01T00:00' ] ],
	[ 'month', [ '2026-01-01T00:00', '2026-02-01T00:00', '2026-03-01T00:00' ] ],
] as const )( 'each %s has a bar, also where nothing was sent', ( per, expected ) => {
	expect( beginnings( { per, count: 3 }, now ) ).toEqual( expected.map( ( at ) => `${ at }:00.000Z` ) );
} );

const delay = ( overMs: number, withinMs: number, messages: number ) => ( { overMs, withinMs, messages } );

test( 'half and nearly all lie where they would among even ones of a step', () => {
	expect( delayOfShare( [], 0.5 ) ).toBeNull();
	expect( delayOfShare( [ delay( 0, 250, 100 ) ], 0.5 ) ).toBe( 125 );
	const mixed = [ delay( 1000, 2000, 10 ), delay( 0, 250, 90 ) ];
	expect( delayOfShare( mixed, 0.5 ) ).toBe( 139 );
	expect( delayOfShare( mixed, 0.95 ) ).toBe( 1500 );
} );

test( 'counts of a site are its own; what is neither accepted, waiting nor refused is told as others', () => {
	const from = [ '2026-03-01T00:00:00.000Z' ];
	const count = ( site: string | null, outcome: 'accepted' | 'held' | 'expired' | 'deleted', messages: number ) => ( {
		...{ serverId: 1, from: from[ 0 ] ?? '', site, outcome, messages },
	} );
	const counts = [
		...[ count( 'shop', 'accepted', 5 ), count( 'blog', 'accepted', 7 ), count( 'shop', 'held', 2 ) ],
		...[ count( 'shop', 'expired', 1 ), count( null, 'deleted', 3 ) ],
	];
	const delays = [ { ...delay( 0, 250, 7 ), serverId: 1, from: from[ 0 ] ?? '', site: 'blog' } ];
	expect( rowsOf( { counts, delays }, from, null ) ).toEqual( [
		{ from: from[ 0 ], accepted: 12, waiting: 2, refused: 1, others: 3, half: 125, most: 238 },
	] );
	expect( rowsOf( { counts, delays }, from, 'shop' )[ 0 ] ).toMatchObject( { accepted: 5, others: 0, half: null } );
} );
