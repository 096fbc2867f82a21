import { describe, expect, test } from '@jest/globals';
import type { AlertTrouble } from '@email-gateway/shared';
import { certificateTrouble, siteTroubles, type SiteCounts } from './usual.ts';

const usual: SiteCounts = {
	...{ lately: 12, busiest: 20, accepted: 12, refused: 0, today: 150, days: 7, knownDays: 30 },
};
const of = ( change: Partial< SiteCounts >, open: AlertTrouble[] = [] ) =>
	siteTroubles( { ...usual, ...change }, new Set( open ) ).map( ( { trouble } ) => trouble );

describe( 'a site', () => {
	test.each( [
		[ 'as usual', {}, [] ],
		[ 'with ten times its busiest hour', { lately: 200 }, [ 'unusually_many' ] ],
		[ 'just below that', { lately: 199 }, [] ],
		[ 'with few, of which it has sent fewer', { lately: 99, busiest: 1 }, [] ],
		[ 'that nobody knows for a week yet, with a burst', { lately: 500, busiest: 0, knownDays: 1, days: 0 }, [] ],
		[ 'with a fifth refused', { accepted: 80, refused: 20 }, [ 'many_refused' ] ],
		[ 'with less than that', { accepted: 90, refused: 20 }, [] ],
		[ 'with few refused, though most', { accepted: 0, refused: 19 }, [] ],
		[ 'that sends every day, and nothing for a day', { today: 0 }, [ 'fell_silent' ] ],
		[ 'that does not send every day', { today: 0, days: 6 }, [] ],
	] as const )( '%s', ( _what, change, troubles ) => {
		expect( of( change ) ).toEqual( troubles );
	} );

	test( 'stays in trouble until half of what began it', () => {
		expect( of( { lately: 100 }, [ 'unusually_many' ] ) ).toEqual( [ 'unusually_many' ] );
		expect( of( { lately: 99 }, [ 'unusually_many' ] ) ).toEqual( [] );
		expect( of( { accepted: 88, refused: 12 }, [ 'many_refused' ] ) ).toEqual( [ 'many_refused' ] );
		expect( of( { accepted: 95, refused: 9 }, [ 'many_refused' ] ) ).toEqual( [] );
	} );
} );

test( 'a certificate is told 14 days and 3 days before it ends, and after', () => {
	const in_ = ( days: number ) => new Date( days * 86_400_000 ).toISOString();
	const told = [ 15, 14, 4, 3, 0, -1 ].map( ( days ) => certificateTrouble( in_( days + 20 ), in_( 20 ) ) );
	expect( told ).toEqual( [
		null,
		...[ 'certificate', 'certificate' ],
		...[ 'certificate_soon', 'certificate_soon', 'certificate_soon' ],
	] );
} );
