import { describe, expect, test } from '@jest/globals';
import { findingsOf, mergeRows, readTable, renderTable, type Row } from './table.ts';

const row = ( name: string, change: Partial< Row > = {} ): Row => ( {
	name,
	goesWrong: 'The disk is full',
	happened: 'everything was rolled back',
	survived: true,
	seconds: 12,
	...change,
} );

describe( 'the table of faults', () => {
	test( 'is read back as it was written', () => {
		const rows = [ row( 'one' ), row( 'two', { survived: false, happened: '“No room.”' } ) ];
		expect( readTable( `# Title\n\nText.\n\n${ renderTable( rows ) }\n` ) ).toEqual( rows );
	} );

	test( 'is not broken by what a server said', () => {
		const [ , , line = '', ...more ] = renderTable( [ row( 'one', { happened: 'a | b\nc' } ) ] ).split( '\n' );
		expect( more ).toEqual( [] );
		expect( line ).toContain( 'a \\| b c' );
	} );

	test( 'leaves the findings below it as they are', () => {
		const findings =
			'\n## Findings\n\n| Id | Test | What happens now |\n|---|---|---|\n| W9 | a.test.ts | it is seen |\n';
		const page = `# Title\n\n${ renderTable( [ row( 'one' ) ] ) }\n${ findings }`;

		expect( findingsOf( page ) ).toBe( findings );
		expect( readTable( page ) ).toEqual( [ row( 'one' ) ] );
	} );

	test( 'keeps lines of faults that were not run, in the order of all, and drops unknown ones', () => {
		const before = [ row( 'gone' ), row( 'two', { seconds: 1 } ), row( 'one' ) ];
		expect( mergeRows( [ 'one', 'two', 'three' ], before, [ row( 'two', { seconds: 9 } ) ] ) ).toEqual( [
			row( 'one' ),
			row( 'two', { seconds: 9 } ),
		] );
	} );
} );
