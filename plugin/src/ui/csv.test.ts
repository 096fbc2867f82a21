import { expect, test } from '@jest/globals';
import { csv } from './csv.ts';

test.each( [ '=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1' ] )(
	'%j becomes text instead of a formula',
	( text ) => {
		expect( csv( [ [ text ] ] ) ).toBe( `\uFEFF"'${ text }"\r\n` );
	}
);

test( 'quotes, commas and line breaks stay inside their cell', () => {
	expect(
		csv( [
			[ 'a "b"', 'c,d' ],
			[ 'e\nf', '' ],
		] )
	).toBe( '\uFEFF"a ""b""","c,d"\r\n"e\nf",""\r\n' );
} );
