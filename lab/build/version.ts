import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutPath } from '../system/paths.ts';

// The version stands in the package.json of the checkout. npm, WordPress and readers of the readme want copies of it.
const packages =
	/("name": "(?:@email-gateway\/\w+|email-gateway)",\s+"version": "|"@email-gateway\/shared": ")([\w.-]+)/g;
const copies: [ string, RegExp ][] = [
	[ 'package.json', packages ],
	[ 'package-lock.json', packages ],
	...[ 'shared', 'backend', 'plugin', 'lab' ].map( ( name ): [ string, RegExp ] => [
		`${ name }/package.json`,
		packages,
	] ),
	[ 'plugin/email-gateway.php', /^( \* Version: +|const VERSION += ')([\w.-]+)/gm ],
	[ 'plugin/readme.txt', /^(Stable tag: )([\w.-]+)/gm ],
];

export const read = ( file: string ) => readFileSync( join( checkoutPath, file ), 'utf8' );

/** The version of this checkout: of the last release, until the next one is made. */
export function version(): string {
	return ( JSON.parse( read( 'package.json' ) ) as { version: string } ).version;
}

/** Each place where a copy stands, with what stands there. */
export function versionCopies(): { file: string; found: string }[] {
	return copies.flatMap( ( [ file, pattern ] ) =>
		[ ...read( file ).matchAll( pattern ) ].map( ( match ) => ( { file, found: match[ 2 ] ?? '' } ) )
	);
}

/** The files with another version in each place; the changelog's part of what is not released gets it as its heading. */
export function withVersion( wanted: string ): { file: string; text: string }[] {
	const changed = copies.map( ( [ file, pattern ] ) => ( {
		file,
		text: read( file ).replaceAll( pattern, ( _all, before: string ) => before + wanted ),
	} ) );
	const changelog = read( 'docs/changelog.md' ).replace( /^## [\w.-]+, not released yet$/m, `## ${ wanted }` );
	return [ ...changed, { file: 'docs/changelog.md', text: changelog } ];
}
