import { expect, test } from '@jest/globals';
import { desireFor, freshFacts } from './test-facts.ts';
import { paceOf, triesAnHour } from './test-pace.ts';

test.each( [
	[ 'a timer of systemd', true ],
	[ 'cron', false ],
] )(
	'mail that waits for an account is tried at most 60 times an hour, by what is written on a server: %s',
	( _by, systemd ) => {
		const pace = paceOf( desireFor( { ...freshFacts, systemd } ) );
		expect( pace ).toEqual( { pacedFrom: 10, backoffS: 660, everyS: 60 } );
		expect( triesAnHour( pace ) ).toBeLessThanOrEqual( 60 );
	}
);

test( 'any of the three alone would break the bound', () => {
	const pace = { pacedFrom: 10, backoffS: 660, everyS: 60 };
	expect( triesAnHour( { ...pace, pacedFrom: 11 } ) ).toBe( 66 );
	expect( triesAnHour( { ...pace, backoffS: 599 } ) ).toBe( 70 );
	expect( triesAnHour( { ...pace, everyS: 50 } ) ).toBe( 72 );
} );
