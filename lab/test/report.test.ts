import { expect, test } from '@jest/globals';
import { oneCheck, renderReport } from './report.ts';

test( 'the report names what failed and ends with the counts over all runners alone on a line', () => {
	const report = renderReport( [
		{ runner: 'types', durationMs: 2_040, ...oneCheck( 'tsc', undefined ) },
		{
			runner: 'jest',
			durationMs: 100,
			passed: 3,
			failures: [
				{ name: 'a test', details: 'Expected 1\nReceived 2' },
				{ name: 'another', details: 'a long story' },
			],
		},
		{ runner: 'journeys', durationMs: 0, passed: 0, failures: [], note: 'left out' },
	] );
	expect( report.split( '\n' ) ).toEqual( [
		'FAILED jest: a test',
		'    Expected 1',
		'    Received 2',
		'',
		'FAILED jest: another',
		'    a long story',
		'',
		'FAILED jest: a test',
		'FAILED jest: another',
		'',
		'types            1 passed    0 failed     2.0 s',
		'jest             3 passed    2 failed     0.1 s',
		'journeys         0 passed    0 failed     0.0 s   left out',
		'',
		'4 passed, 2 failed',
	] );
} );
