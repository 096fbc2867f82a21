import { globSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringsOfPhp } from './pot-php.ts';
import { stringsOfScript } from './pot-script.ts';
import type { Found } from './pot-text.ts';
import { version } from './version.ts';

/** `"…"` of a PO file. */
const quoted = ( text: string ) =>
	`"${ text
		.replaceAll( '\\', '\\\\' )
		.replaceAll( '"', '\\"' )
		.replaceAll( '\n', '\\n' )
		.replaceAll( '\t', '\\t' ) }"`;

/**
 * The template of translations of a plugin folder with built scripts. A text of a script refers to the built file:
 * WordPress finds the translations of a script by that name.
 */
export async function potOf( pluginDir: string, of: string ): Promise< string > {
	const entries = new Map< string, Found & { places: Set< string >; comments: Set< string > } >();
	const commentsOf = await commentsInSource( pluginDir );
	for ( const place of globSync( [ '*.php', 'includes/**/*.php', 'build/*.js' ], { cwd: pluginDir } ).sort() ) {
		const source = await readFile( join( pluginDir, place ), 'utf8' );
		for ( const found of place.endsWith( '.php' ) ? stringsOfPhp( source ) : stringsOfScript( source ) ) {
			const key = keyOf( found );
			const entry = entries.get( key ) ?? { ...found, places: new Set(), comments: new Set() };
			entry.places.add( place );
			entry.plural ??= found.plural;
			for ( const comment of [ found.comment ?? [], commentsOf.get( key ) ?? [] ].flat() ) {
				entry.comments.add( comment );
			}
			entries.set( key, entry );
		}
	}
	return [ head( of ), ...[ ...entries.values() ].map( blockOf ) ].join( '\n' );
}

const keyOf = ( { context = '', text }: Found ) => `${ context }\u0004${ text }`;

/** A minifier keeps only those comments for translators that stand within an expression: the sources have all. */
async function commentsInSource( pluginDir: string ): Promise< Map< string, string > > {
	const comments = new Map< string, string >();
	for ( const file of globSync( 'src/**/*.{ts,tsx}', { cwd: pluginDir } ).sort() ) {
		for ( const found of stringsOfScript( await readFile( join( pluginDir, file ), 'utf8' ) ) ) {
			if ( found.comment ) {
				comments.set( keyOf( found ), found.comment );
			}
		}
	}
	return comments;
}

/** Writes it where WordPress and translators look for it; made by each build, so that it is never older than the texts. */
export async function writePot( pluginDir: string ): Promise< void > {
	await mkdir( join( pluginDir, 'languages' ), { recursive: true } );
	await writeFile( join( pluginDir, 'languages', 'email-gateway.pot' ), await potOf( pluginDir, version() ) );
}

function blockOf( {
	text,
	plural,
	context,
	places,
	comments,
}: Found & { places: Set< string >; comments: Set< string > } ): string {
	return [
		...[ ...comments ].map( ( comment ) => `#. ${ comment }` ),
		...[ ...places ].map( ( place ) => `#: ${ place }` ),
		...( /%(\d+\$)?[sd]/.test( text ) ? [ '#, php-format' ] : [] ),
		...( context === undefined ? [] : [ `msgctxt ${ quoted( context ) }` ] ),
		`msgid ${ quoted( text ) }`,
		...( plural === undefined
			? [ 'msgstr ""' ]
			: [ `msgid_plural ${ quoted( plural ) }`, 'msgstr[0] ""', 'msgstr[1] ""' ] ),
		'',
	].join( '\n' );
}

const head = ( of: string ) => `msgid ""
msgstr ""
"Project-Id-Version: Email Gateway ${ of }\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"X-Domain: email-gateway\\n"
`;
