import { describe, expect, test } from '@jest/globals';
import { readJunit } from './junit.ts';

const suite = ( cases: string ) =>
	`<?xml version="1.0"?><testsuites><testsuite name="all">${ cases }</testsuite></testsuites>`;

describe( 'the report of PHPUnit', () => {
	test( 'a case without a body has passed', () => {
		const xml = suite(
			'<testcase name="test_a" class="A" time="0.1"/><testcase name="test_b" class="A" time="0.1"></testcase>'
		);
		expect( readJunit( xml ) ).toEqual( { passed: 2, failures: [] } );
	} );

	test( 'a failure is told with its decoded text', () => {
		const xml = suite(
			'<testcase name="test_a with data set &quot;x&quot;" class="A"><failure type="F">1 &lt; 2&#10;</failure></testcase>'
		);
		expect( readJunit( xml ) ).toEqual( {
			passed: 0,
			failures: [ { name: 'A: test_a with data set "x"', details: 'failure: 1 < 2\n' } ],
		} );
	} );

	test( 'a skipped test counts as failed, for it has shown nothing', () => {
		expect( readJunit( suite( '<testcase name="a" class="A"><skipped/></testcase>' ) ).failures ).toHaveLength( 1 );
	} );

	test( 'no test at all is a failure', () => {
		expect( readJunit( suite( '' ) ).failures ).toEqual( [ { name: 'phpunit', details: 'PHPUnit ran no test.' } ] );
	} );
} );
