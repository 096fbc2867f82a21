import { describe, expect, test } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutPath } from '../system/paths.ts';
import type { Found } from './pot-text.ts';
import { textsOf } from './texts.ts';

/** What makes a text a piece of a sentence; a context says what such a piece is, where it stands alone in a cell or a list. */
const faults: Record< string, ( found: Found ) => boolean > = {
	'begins in the middle': ( { text, context } ) => ! context && /^[\s.,;:()–—-]|^[a-z]+[ :,]/.test( text ),
	'ends where another text follows': ( { text } ) => /[:;,(]\s*$/.test( text ),
	'is little more than its placeholders': ( { text, context } ) =>
		! context && /%(\d\$)?[sd]/.test( text ) && text.replace( /%(\d\$)?[sd]/g, '' ).match( /\p{L}{3,}/gu ) === null,
	'names a field as if it were a word': ( { text } ) =>
		/\b(?:as|in|for|[Cc]heck|this|the) (?:Host(?! Key)|To|Passphrase|Password)\b/.test( text ),
};

const texts = [ ...textsOf( join( checkoutPath, 'plugin' ) ).values() ];

describe( 'translators get whole sentences', () => {
	test( 'there are some', () => {
		expect( texts.length ).toBeGreaterThan( 900 );
	} );

	test.each( Object.entries( faults ) )( 'no text %s', ( _name, isFault ) => {
		expect( texts.filter( isFault ) ).toEqual( [] );
	} );
} );

/** A text that is joined to another by a comma, a semicolon or a colon, or put between words by a template. */
const glue = [
	/\b_[nx]?x?\(\s*'[^']*'[^)]*\)\s*\+\s*[`'"](?! ['"])/,
	/\$\{\s*(?:__|_x|_n|_nx|sprintf)\(/,
	/\b(?:words|sentences?|states|parts|told|verdicts?)\w*\.join\( '[;,:] ?' \)/i,
];

test( 'no sentence is glued together in the source', () => {
	const plugin = join( checkoutPath, 'plugin' );
	const found = globSync( [ 'src/**/*.{ts,tsx}' ], {
		cwd: plugin,
		exclude: [ '**/*.test.*', '**/screens/**' ],
	} ).flatMap( ( file ) => {
		const source = readFileSync( join( plugin, file ), 'utf8' );
		return glue
			.flatMap( ( pattern ) => pattern.exec( source )?.[ 0 ] ?? [] )
			.map( ( text ) => `${ file }: ${ text }` );
	} );
	expect( found ).toEqual( [] );
} );
