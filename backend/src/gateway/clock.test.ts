import { expect, test } from '@jest/globals';
import { clockOf, surelyAheadS } from './clock.ts';

const right = { aheadS: 0, isWrong: false };

test.each( [
	[ 0, right, false ],
	[ 299, right, false ],
	[ 300, right, true ],
	[ -300, null, true ],
	[ 299, { aheadS: 400, isWrong: true }, true ],
	[ -239, { aheadS: -400, isWrong: true }, false ],
] )( 'a clock that is %d s ahead, after %j: wrong is %j', ( aheadS, before, isWrong ) => {
	expect( clockOf( aheadS, before ) ).toEqual( { aheadS, isWrong } );
} );

test.each( [
	[ 'at once', 0, 0, 0 ],
	[ 'at once, in the middle of a second', 400, 400, 0 ],
	[ 'in the course of a look that took 40 seconds', -20_000, 20_000, 0 ],
	[ 'ten minutes ago, at the latest', -640_000, -600_000, 600 ],
	[ 'in ten minutes, at the earliest', 600_999, 640_000, -600 ],
] )( 'a clock that told its time %s', ( _when, fromMs, toMs, aheadS ) => {
	const clockS = 1_796_115_600;
	expect( surelyAheadS( clockS, { fromMs: clockS * 1000 + fromMs, toMs: clockS * 1000 + toMs } ) ).toBe( aheadS );
} );
