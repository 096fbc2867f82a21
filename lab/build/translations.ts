import { po, type Entry } from 'gettext-parser';
import { existsSync, globSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { stringsOfScript } from './pot-script.ts';

/** The translations of one language: what translators edit, plugin/translations/LOCALE.po. */
export interface Language {
	locale: string;
	/** As in the head of the file, e.g. `nplurals=2; plural=(n != 1);`. */
	pluralForms: string;
	/** By context and text; '' where there is no context. */
	entries: Map< string, Entry >;
}

export const keyOf = ( { context = '', text }: { context?: string; text: string } ) => `${ context }\u0004${ text }`;

export async function readLanguages( pluginDir: string ): Promise< Language[] > {
	const files = globSync( 'translations/*.po', { cwd: pluginDir } ).sort();
	return Promise.all(
		files.map( async ( file ) => {
			const { headers, translations } = po.parse( await readFile( join( pluginDir, file ) ) );
			const all = Object.values( translations ).flatMap( ( ofContext ) => Object.values( ofContext ) );
			return {
				locale: basename( file, '.po' ),
				pluralForms: headers[ 'Plural-Forms' ] ?? headers[ 'plural-forms' ] ?? '',
				entries: new Map(
					all
						.filter( ( { msgid } ) => msgid !== '' )
						.map( ( entry ) => [ keyOf( { context: entry.msgctxt ?? '', text: entry.msgid } ), entry ] )
				),
			};
		} )
	);
}

/** As WordPress names a text: with its context before it, where it has one. */
const nameOf = ( { msgctxt, msgid }: Entry ) => ( msgctxt ? `${ msgctxt }\u0004${ msgid }` : msgid );

/** What PHP loads: `email-gateway-LOCALE.l10n.php`. */
export function phpOf( { locale, pluralForms, entries }: Language ): string {
	const lines = [ ...entries.values() ].map(
		( entry ) => `\t${ phpString( nameOf( entry ) ) } => ${ phpString( entry.msgstr.join( '\0' ) ) },`
	);
	const head = [ `'language' => ${ phpString( locale ) }`, `'plural-forms' => ${ phpString( pluralForms ) }` ];
	return `<?php\nreturn array( ${ head.join( ', ' ) }, 'messages' => array(\n${ lines.join( '\n' ) }\n) );\n`;
}

/** Nothing in it is read as a variable or an escape. */
const phpString = ( text: string ) =>
	`"${ text
		.replace( /[\\"$]/g, '\\$&' )
		.replaceAll( '\0', '\\0' )
		.replaceAll( '\u0004', '\\4' ) }"`;

/** What a script loads: `email-gateway-LOCALE-HANDLE.json`, the texts of that script, and of those that it loads later. */
export function jsonOf( { locale, pluralForms, entries }: Language, script: string ): string {
	const messages: Record< string, unknown > = {
		'': { domain: 'messages', lang: locale, 'plural-forms': pluralForms },
	};
	for ( const found of stringsOfScript( script ) ) {
		const entry = entries.get( keyOf( found ) );
		if ( entry ) {
			messages[ nameOf( entry ) ] = entry.msgstr;
		}
	}
	return JSON.stringify( { domain: 'messages', locale_data: { messages } } );
}

/** Writes what WordPress loads into languages/, from translations/ and the built scripts. */
export async function writeTranslations( pluginDir: string ): Promise< void > {
	const folder = join( pluginDir, 'languages' );
	await mkdir( folder, { recursive: true } );
	for ( const language of await readLanguages( pluginDir ) ) {
		const name = join( folder, `email-gateway-${ language.locale }` );
		await writeFile( `${ name }.l10n.php`, phpOf( language ) );
		const read = async ( file: string ) => readFile( join( pluginDir, file ), 'utf8' );
		const files = globSync( 'build/*.js', { cwd: pluginDir } ).sort();
		// what WordPress enqueues has a list of what it needs; the others are loaded by those
		const isEnqueued = ( file: string ) => existsSync( join( pluginDir, file.replace( /\.js$/, '.asset.php' ) ) );
		const loadedLater = await Promise.all( files.filter( ( file ) => ! isEnqueued( file ) ).map( read ) );
		for ( const file of files.filter( isEnqueued ) ) {
			const script = [ await read( file ), ...loadedLater ].join( '\n' );
			await writeFile( `${ name }-email-gateway-${ basename( file, '.js' ) }.json`, jsonOf( language, script ) );
		}
	}
}
