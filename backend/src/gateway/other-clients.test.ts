import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { diagnose } from './diagnosis.ts';
import { readOtherClient } from './other-clients.ts';

interface Row {
	raw: string;
	cause: string;
	whose: string | null;
}
const file = new URL( '../../test-fixtures/replies/other-clients.json', import.meta.url );
const rows = JSON.parse( readFileSync( file, 'utf8' ) ) as Row[];

const attempt = ( reason: string ) => ( { status: 'deferred', dsn: null, relay: null, reason, service: 'smtp' } );

test.each( rows )( 'another mail client’s words are read or left open: $raw', ( { raw, cause, whose } ) => {
	expect( diagnose( attempt( raw ), [] ) ).toMatchObject( { cause, whose } );
	// where somebody copies it as what the provider said
	expect( diagnose( attempt( `host smtp.example.com[203.0.113.9] said: ${ raw }` ), [] ) ).toMatchObject( {
		...{ cause, whose },
	} );
} );

test( 'a reply with a code is the provider’s, whatever it imitates', () => {
	for ( const { raw } of rows ) {
		expect( readOtherClient( 'smtp.example.com', `550 ${ raw }` ) ).toBeNull();
	}
} );

test( 'nothing is ever accepted by such words', () => {
	const wrap = fc.constantFrom( 'Invalid login: ', 'Message failed: ', 'SMTP ERROR: DATA END command failed: ', '' );
	fc.assert(
		fc.property( wrap, fc.string( { unit: 'binary', maxLength: 80 } ), ( before, said ) => {
			expect( readOtherClient( 'x', `${ before }250 ${ said }` )?.cause ).not.toBe( 'accepted' );
		} ),
		{ numRuns: 50 }
	);
} );
