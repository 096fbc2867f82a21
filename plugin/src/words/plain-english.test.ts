import { expect, test } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const plugin = join( import.meta.dirname, '../..' );
const files = globSync( [ 'src/**/*.{ts,tsx}', 'includes/**/*.php' ], { cwd: plugin } ).filter(
	( file ) => ! file.includes( '.test.' )
);

/** What translators get: the first argument of __(), _x(), _n() and their sisters. */
const strings = files.flatMap( ( file ) =>
	[ ...readFileSync( join( plugin, file ), 'utf8' ).matchAll( /\b_[_nxe]\(\s*'((?:[^'\\]|\\.)*)'/g ) ].map(
		( [ , text = '' ] ) => ( {
			file,
			text,
		} )
	)
);

// docs/words.md has what to say in place of each
const odd =
	/\b(anew|looks? (whether|if)|whoever|nobody known|somebody|came? about|by itself|of its own|for good|all the same|any more|gave? (it |everything )?back|gives? (it |everything )?back|typing error)\b|^Look at\b/i;

test( 'there are sentences to read', () => {
	expect( strings.length ).toBeGreaterThan( 500 );
} );

test( 'no sentence that people read has words that a native reader would stumble over', () => {
	expect( strings.filter( ( { text } ) => odd.test( text ) ) ).toEqual( [] );
} );

const checkout = join( plugin, '..' );
const pages = globSync( [ '*.md', 'docs/**/*.md', 'lab/*.md', 'plugin/readme.txt' ], { cwd: checkout } ).filter(
	// it names what not to say
	( file ) => file !== 'docs/words.md'
);
// fewer than in sentences on the screen: “a tab of its own” is fine where there is room to read
const oddOnPages =
	/\b(anew|looks? (whether|if)|whoever|somebody|by itself|for good|any more|(gave|gives?|given|giving) ((it|them|everything|all of it) )?back|typing error|told as that)\b/gi;

test( 'no page has them either', () => {
	expect( pages.length ).toBeGreaterThan( 20 );
	const found = pages.flatMap( ( file ) =>
		readFileSync( join( checkout, file ), 'utf8' )
			.split( '\n' )
			.flatMap( ( line, index ) =>
				[ ...line.matchAll( oddOnPages ) ].map( ( [ words ] ) => `${ file }:${ index + 1 }: ${ words }` )
			)
	);
	expect( found ).toEqual( [] );
} );

test( 'a word alone has a context: what “Open” or “To” means, nobody can tell from the word', () => {
	const alone = files.flatMap( ( file ) =>
		[
			...readFileSync( join( plugin, file ), 'utf8' ).matchAll(
				/\b(?:esc_html|esc_attr)?__\(\s*'([^'\s%]+)',\s*'email-gateway'/g
			),
		].map( ( [ , word ] ) => ( { file, word } ) )
	);
	expect( alone ).toEqual( [] );
} );
