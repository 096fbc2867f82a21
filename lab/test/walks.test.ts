import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { checkoutPath } from '../system/paths.ts';

const page = readFileSync( join( checkoutPath, 'docs/architecture.md' ), 'utf8' );
const walks = page.slice( page.indexOf( '## Three walks' ), page.indexOf( '## Who keeps what' ) );
const files = execFileSync( 'git', [ 'ls-files' ], { cwd: checkoutPath, encoding: 'utf8' } ).split( '\n' );

test( 'each file that the walks of architecture.md pass is there', () => {
	const named = [ ...walks.matchAll( /`([\w/-]+\.(?:ts|tsx|sh|php))`/g ) ].map( ( [ , path = '' ] ) => path );
	expect( named.length ).toBeGreaterThan( 30 );
	expect( named.filter( ( path ) => ! files.some( ( file ) => `/${ file }`.endsWith( `/${ path }` ) ) ) ).toEqual(
		[]
	);
} );
