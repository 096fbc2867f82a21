import { expect, test } from '@jest/globals';
import { delayBounds, delayStep } from './delays.ts';

test.each( [
	[ 0, 0 ],
	[ 250, 0 ],
	[ 251, 1 ],
	[ 500, 1 ],
	[ 501, 2 ],
	[ 60_000, 8 ],
	[ 1e12, 20 ],
] )( 'a delay of %d ms lies in step %d', ( ms, step ) => {
	expect( delayStep( ms ) ).toBe( step );
} );

test( 'each step begins where the one before it ends', () => {
	for ( let step = 0; step < 20; step++ ) {
		const { overMs, withinMs } = delayBounds( step );
		expect( delayBounds( step + 1 ).overMs ).toBe( withinMs );
		expect( [ delayStep( overMs + 1 ), delayStep( withinMs ) ] ).toEqual( [ step, step ] );
	}
} );
