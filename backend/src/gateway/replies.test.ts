import { describe, expect, test } from '@jest/globals';
import { measure } from './test-measure.ts';
import { readReplies } from './test-replies.ts';

describe( 'replies with their meaning', () => {
	test( 'whose matter it is is right for nine of ten of the known ones, and never wrong', () => {
		const { lines, right, wrong, waits, waitsInLogs } = measure( readReplies( 'first.json' ) );
		expect( lines ).toBeGreaterThanOrEqual( 123 );
		expect( wrong ).toBe( 0 );
		expect( right ).toBeGreaterThanOrEqual( 0.9 );
		expect( waits ).toBeGreaterThanOrEqual( 0.97 );
		expect( waitsInLogs ).toBeGreaterThanOrEqual( 0.97 );
	} );

	// the second set is read by nobody who writes rules: only these totals are told
	test( 'the same of replies that no rule was written for', () => {
		const { lines, right, wrong, waits, waitsInLogs } = measure( readReplies( 'second.json' ) );
		expect( lines ).toBeGreaterThanOrEqual( 150 );
		expect( right ).toBeGreaterThanOrEqual( 0.8 );
		expect( wrong ).toBeLessThanOrEqual( 0.05 );
		expect( waits ).toBeGreaterThanOrEqual( 0.97 );
		expect( waitsInLogs ).toBeGreaterThanOrEqual( 0.97 );
	} );

	test.each( [
		[ 'third', 450, 0.95, 0.99 ],
		[ 'fourth', 600, 0.93, 0.975 ],
		[ 'fifth', 200, 0.95, 0.99 ],
	] )( 'and of those with which the rules were mended: %s', ( name, atLeast, goal, waiting ) => {
		const { lines, right, wrong, waits } = measure( readReplies( `${ name }.json` ) );
		expect( lines ).toBeGreaterThanOrEqual( atLeast );
		expect( right ).toBeGreaterThanOrEqual( goal );
		expect( wrong ).toBeLessThanOrEqual( 0.02 );
		expect( waits ).toBeGreaterThanOrEqual( waiting );
	} );
} );
