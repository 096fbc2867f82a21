import { expect, test } from '@jest/globals';
import { isMet } from './figures.ts';
import { reportOf } from './routes-report.ts';

const side = ( name: string, handOverMs: number[], drainMs: number[], errors = 0 ) => ( {
	...{ name, times: { handOverMs, drainMs, errors } },
} );

test( 'many routes may take a tenth longer than one, to hand over and until all is there', () => {
	const { sides, ratios } = reportOf( [
		side( 'one route', [ 10, 10, 30 ], [ 2000, 1000 ] ),
		side( '20 routes', [ 12, 12, 90 ], [ 1100, 5000 ], 3 ),
	] );
	expect( sides ).toEqual( {
		'one route': { handOverP50Ms: 10, handOverP95Ms: 30, handOverMaxMs: 30, drainP50S: 1, errors: 0 },
		'20 routes': { handOverP50Ms: 12, handOverP95Ms: 90, handOverMaxMs: 90, drainP50S: 1.1, errors: 3 },
	} );
	expect( Object.entries( ratios ).map( ( [ name, ratio ] ) => [ name, ratio.value, isMet( ratio ) ] ) ).toEqual( [
		[ 'hand-over, 20 routes / one route', 1.2, false ],
		[ 'drain, 20 routes / one route', 1.1, true ],
	] );
} );

test( 'without a time there is no figure', () => {
	expect( () => reportOf( [ side( 'one', [], [ 1 ] ), side( 'many', [ 1 ], [ 1 ] ) ] ) ).toThrow(
		'Nothing was measured.'
	);
} );
