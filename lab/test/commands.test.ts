import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { checkoutPath } from '../system/paths.ts';

const { scripts, commands } = JSON.parse( readFileSync( join( checkoutPath, 'package.json' ), 'utf8' ) ) as Record<
	'scripts' | 'commands',
	Record< string, string >
>;

test( 'each command has a sentence, and each sentence a command', () => {
	expect( Object.keys( commands ) ).toEqual( Object.keys( scripts ) );
	for ( const sentence of Object.values( commands ) ) {
		expect( sentence ).toMatch( /^[A-Z].*\.$/ );
	}
} );

test.each( [
	'README.md',
	'CONTRIBUTING.md',
	'SECURITY.md',
	'lab/README.md',
	'docs/operating.md',
	'docs/production.md',
] )( 'the commands and files that %s names are there', ( page ) => {
	const text = readFileSync( join( checkoutPath, page ), 'utf8' );
	const named = [ ...text.matchAll( /npm run (?:-s )?([a-z-]+)/g ) ].map( ( [ , name = '' ] ) => name );
	expect( named.filter( ( name ) => ! Object.hasOwn( scripts, name ) ) ).toEqual( [] );
	const links = [ ...text.matchAll( /\]\((?!https?:)([^)#]+)/g ) ].map( ( [ , path = '' ] ) =>
		join( checkoutPath, dirname( page ), path )
	);
	const files = [ ...text.matchAll( /-- ([\w./-]+\.test\.ts)/g ) ].map( ( [ , path = '' ] ) =>
		join( checkoutPath, path )
	);
	expect( [ ...links, ...files ].filter( ( path ) => ! existsSync( path ) ) ).toEqual( [] );
} );

test( 'npm run help says them', () => {
	const printed = execFileSync( process.execPath, [ join( checkoutPath, 'lab/help.mjs' ) ], { encoding: 'utf8' } );
	const lines = printed.trimEnd().split( '\n' );
	expect( lines.map( ( line ) => line.split( /\s{3,}/ ).at( -1 ) ) ).toEqual( Object.values( commands ) );
} );
