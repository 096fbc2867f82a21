import { expect, test } from '@jest/globals';
import { inTurn, mostWithin, quantile, spread } from './figures.ts';
import { parseBenchOptions } from './options.ts';
import { renderMeasured } from './report.ts';

test( 'the report shows each side, and each ratio with its goal and whether it is met', () => {
	const report = renderMeasured( 'handover', {
		sides: {
			gateway: { p50Ms: 12.3456, errors: 0 },
			ssmtp: { p50Ms: 3152.4, lost: 7, errors: 7 },
		},
		ratios: {
			'gateway / ssmtp': { value: 0.00392, goal: { atMost: 0.01 } },
			'wall time, ssmtp / gateway': { value: 2.5, goal: { atLeast: 3 } },
			'only told': { value: 1 },
		},
	} );
	expect( report.split( '\n' ) ).toEqual( [
		'── handover',
		'         p50Ms  errors  lost',
		'gateway   12.3       0     –',
		'ssmtp     3152       7     7',
		'   gateway / ssmtp: 0.00392 (goal: at most 0.01) met',
		'   wall time, ssmtp / gateway: 2.5 (goal: at least 3) MISSED',
		'   only told: 1',
	] );
} );

test( 'a quantile is one of the values, and nothing measured is no figure', () => {
	expect( quantile( [ 5, 1, 4, 2, 3 ], 0.5 ) ).toBe( 3 );
	expect( spread( 'sequence', [ 1, 2, 3, 4 ], [ 50 ] ) ).toEqual( { sequenceP50Ms: 2, sequenceMaxMs: 4 } );
	expect( () => quantile( [], 0.5 ) ).toThrow( 'Nothing was measured.' );
} );

test( 'the busiest stretch is looked for wherever it begins', () => {
	expect( mostWithin( [ 700, 0, 100, 650, 720, 1300 ], 600 ) ).toBe( 3 );
	expect( mostWithin( [ 0, 600 ], 600 ) ).toBe( 1 );
	expect( mostWithin( [], 600 ) ).toBe( 0 );
} );

test( 'sides take turns, and each round begins with another one', () => {
	const order = [ ...inTurn( [ 'a', 'b', 'c' ], 3 ) ].map( ( { side } ) => side ).join( '' );
	expect( order ).toBe( 'abcbcacab' );
} );

test( 'benchmarks run in their own order, all where none is named, and an unknown one is refused', () => {
	const known = [ 'screen', 'api', 'fleet' ];
	expect( parseBenchOptions( [], known ) ).toEqual( { names: known, quick: false } );
	expect( parseBenchOptions( [ 'fleet', 'screen', '--json', 'out.json', '--quick' ], known ) ).toEqual( {
		names: [ 'screen', 'fleet' ],
		json: 'out.json',
		quick: true,
	} );
	expect( parseBenchOptions( [ '--share', '0.5' ], known ) ).toEqual( { names: known, quick: false, share: 0.5 } );
	expect( () => parseBenchOptions( [ '--share', '2' ], known ) ).toThrow( '--share is above 0 and below 1, not 2.' );
	expect( () => parseBenchOptions( [ 'speed' ], known ) ).toThrow( 'There is no benchmark speed' );
} );
