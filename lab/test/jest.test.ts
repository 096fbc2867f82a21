import { describe, expect, test } from '@jest/globals';
import { readJestReport } from './jest.ts';

const suite = (
	assertionResults: { status: string; fullName: string; failureMessages: string[] }[],
	message = ''
) => ( {
	name: '/somewhere/a.test.ts',
	message,
	assertionResults,
} );
const green = { status: 'passed', fullName: 'a works', failureMessages: [] };

describe( 'the report of jest', () => {
	test( 'a failed test is told with its message', () => {
		const failed = { status: 'failed', fullName: 'b works', failureMessages: [ 'Expected 1' ] };
		const report = { numPassedTests: 1, testResults: [ suite( [ green, failed ] ) ] };
		expect( readJestReport( report, { code: 1, stderr: '' } ) ).toEqual( {
			passed: 1,
			failures: [ { name: '/somewhere/a.test.ts: b works', details: 'Expected 1' } ],
		} );
	} );

	test( 'a skipped test counts as failed, for it has shown nothing', () => {
		const skipped = { status: 'pending', fullName: 'c works', failureMessages: [] };
		const report = { numPassedTests: 1, testResults: [ suite( [ green, skipped ] ) ] };
		expect( readJestReport( report, { code: 0, stderr: '' } ).failures ).toEqual( [
			{ name: '/somewhere/a.test.ts: c works', details: 'It was pending.' },
		] );
	} );

	test( 'a file that could not be loaded is a failure', () => {
		const report = { numPassedTests: 1, testResults: [ suite( [ green ] ), suite( [], 'Cannot find module' ) ] };
		expect( readJestReport( report, { code: 1, stderr: '' } ).failures ).toEqual( [
			{ name: '/somewhere/a.test.ts', details: 'Cannot find module' },
		] );
	} );

	test( 'a green report of a jest that ended badly is not believed', () => {
		const report = { numPassedTests: 1, testResults: [ suite( [ green ] ) ] };
		expect( readJestReport( report, { code: 134, stderr: 'out of memory' } ).failures ).toEqual( [
			{ name: 'jest', details: 'ended with 134:\nout of memory' },
		] );
	} );

	test( 'no test at all is a failure', () => {
		expect(
			readJestReport( { numPassedTests: 0, testResults: [] }, { code: 0, stderr: '' } ).failures
		).toHaveLength( 1 );
	} );
} );
