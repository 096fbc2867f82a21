import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { checkoutPath } from '../system/paths.ts';
import { catalogue, sample } from './catalogue.ts';
import type { Fault } from './fault.ts';
import { renderPage, renderTable } from './table.ts';

const fault: Fault = {
	name: 'blocked',
	what: 'Nothing gets through',
	expected: { check: 'port_blocked, open: 465', test: 'waiting: port_blocked' },
};

test( 'a row tells what was said, and what was expected where that was something else', () => {
	const played = [
		{ fault, said: fault.expected },
		{ fault, said: { check: 'accepted', test: 'waiting: port_blocked' } },
		{ fault, said: new Error( 'The server is gone.' ) },
	];
	expect( renderTable( played ).split( '\n' ) ).toEqual( [
		'Fault                 Check Settings says      A test email says      As expected',
		'Nothing gets through  port_blocked, open: 465  waiting: port_blocked  yes',
		'Nothing gets through  accepted                 waiting: port_blocked  NO',
		'  expected:           port_blocked, open: 465  waiting: port_blocked',
		'Nothing gets through  The server is gone.                             NO',
	] );
} );

test( 'docs/diagnoses.md tells of the faults that are played now (npm run lab -- faults --write)', () => {
	const page = readFileSync( join( checkoutPath, 'docs/diagnoses.md' ), 'utf8' );
	expect( page ).toBe( renderPage( catalogue.map( ( one ) => ( { fault: one, said: one.expected } ) ) ) );
} );

test( 'each fault has a name of its own, and the sample is made of them', () => {
	const names = catalogue.map( ( { name } ) => name );
	expect( new Set( names ).size ).toBe( names.length );
	expect( names ).toEqual( expect.arrayContaining( [ ...sample ] ) );
} );
