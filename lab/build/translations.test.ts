import { describe, expect, test } from '@jest/globals';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { checkoutPath } from '../system/paths.ts';
import { textsOf } from './texts.ts';
import { jsonOf, keyOf, phpOf, readLanguages, writeTranslations, type Language } from './translations.ts';

const plugin = join( checkoutPath, 'plugin' );
const languages = await readLanguages( plugin );

const texts = textsOf( plugin );
const placeholders = ( text: string ) => ( text.match( /%(\d+\$)?[sd]/g ) ?? [] ).sort();

describe.each( languages.map( ( language ) => [ language.locale, language ] as const ) )(
	'%s',
	( _locale, language ) => {
		test( 'has every text, and none that is gone', () => {
			const missing = [ ...texts.keys() ].filter( ( key ) => ! language.entries.has( key ) );
			const gone = [ ...language.entries.keys() ].filter( ( key ) => ! texts.has( key ) );
			expect( { missing, gone } ).toEqual( { missing: [], gone: [] } );
		} );

		test( 'keeps placeholders and forms of the plural', () => {
			const wrong = [ ...language.entries ].flatMap( ( [ key, { msgid, msgid_plural: plural, msgstr } ] ) => {
				const expected = placeholders( plural ?? msgid );
				const right =
					msgstr.length === ( plural === undefined ? 1 : 2 ) &&
					msgstr.every( ( text ) => text.trim() !== '' ) &&
					// one of something may be said without its number
					msgstr.slice( -1 ).every( ( text ) => placeholders( text ).join() === expected.join() );
				return right ? [] : [ key ];
			} );
			expect( wrong ).toEqual( [] );
		} );

		test( 'is another language than English', () => {
			const same = [ ...language.entries.values() ].filter( ( { msgid, msgstr } ) => msgid === msgstr[ 0 ] );
			// names such as “Email Gateway”, “Backend” and codes are the same everywhere
			expect( same.length / language.entries.size ).toBeLessThan( 0.08 );
			expect( same.map( ( { msgid } ) => msgid ).filter( ( text ) => text.split( ' ' ).length > 4 ) ).toEqual(
				[]
			);
		} );
	}
);

test( 'there are German and French', () => {
	expect( languages.map( ( { locale } ) => locale ) ).toEqual( [ 'de_DE', 'fr_FR' ] );
} );

const example: Language = {
	locale: 'de_DE',
	pluralForms: 'nplurals=2; plural=(n != 1);',
	entries: new Map(
		[
			{ msgid: 'Open', msgctxt: 'link', msgstr: [ 'Öffnen' ] },
			{ msgid: '%d server', msgid_plural: '%d servers', msgstr: [ '%d Server', '%d Server' ] },
			{ msgid: 'Costs "$5"', msgstr: [ 'Kostet „$5“ \\ "$x"' ] },
		].map( ( entry ) => [ keyOf( { context: entry.msgctxt ?? '', text: entry.msgid } ), entry ] )
	),
};

test( 'PHP gets all texts, and reads none of them as code', () => {
	expect( phpOf( example ) ).toBe( `<?php
return array( 'language' => "de_DE", 'plural-forms' => "nplurals=2; plural=(n != 1);", 'messages' => array(
	"link\\4Open" => "Öffnen",
	"%d server" => "%d Server\\0%d Server",
	"Costs \\"\\$5\\"" => "Kostet „\\$5“ \\\\ \\"\\$x\\"",
) );
` );
} );

test( 'a script gets its own texts', () => {
	const script = `_x( 'Open', 'link', 'email-gateway' ); __( 'New here', 'email-gateway' );`;
	expect( JSON.parse( jsonOf( example, script ) ).locale_data.messages ).toEqual( {
		'': { domain: 'messages', lang: 'de_DE', 'plural-forms': 'nplurals=2; plural=(n != 1);' },
		'link\u0004Open': [ 'Öffnen' ],
	} );
} );

test( 'what a script loads later finds its texts with those of that script', async () => {
	const folder = await mkdtemp( join( tmpdir(), 'email-gateway-translations-' ) );
	const files = {
		'translations/de_DE.po':
			'msgid ""\nmsgstr "Language: de_DE\\n"\n\nmsgid "Save"\nmsgstr "Speichern"\n\nmsgid "Open"\nmsgstr "Aufmachen"\n',
		'build/screen.js': "__( 'Save', 'email-gateway' )",
		'build/screen.asset.php': '',
		'build/opened.js': "__( 'Open', 'email-gateway' )",
	};
	try {
		for ( const [ name, text ] of Object.entries( files ) ) {
			await mkdir( dirname( join( folder, name ) ), { recursive: true } );
			await writeFile( join( folder, name ), text );
		}
		await writeTranslations( folder );
		const json = ( await readdir( join( folder, 'languages' ) ) ).filter( ( name ) => name.endsWith( '.json' ) );
		expect( json ).toEqual( [ 'email-gateway-de_DE-email-gateway-screen.json' ] );
		const text = await readFile( join( folder, 'languages', json[ 0 ] ?? '' ), 'utf8' );
		expect( JSON.parse( text ).locale_data.messages ).toMatchObject( {
			Save: [ 'Speichern' ],
			Open: [ 'Aufmachen' ],
		} );
	} finally {
		await rm( folder, { recursive: true } );
	}
} );
