import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { checkoutPath } from '../system/paths.ts';
import { filesNamed, testFiles, whyNotUnit } from './test-files.ts';

const { jest } = JSON.parse( readFileSync( join( checkoutPath, 'package.json' ), 'utf8' ) ) as {
	jest: { testPathIgnorePatterns: string[] };
};
const ignored = jest.testPathIgnorePatterns.map(
	( pattern ) => new RegExp( pattern.replace( '<rootDir>', checkoutPath ) )
);

test( 'a file is refused exactly where jest leaves it out', () => {
	const files = testFiles().filter( ( file ) => ! file.endsWith( '.php' ) );
	expect( files.filter( ( file ) => whyNotUnit( file ) !== undefined ) ).toEqual(
		files.filter( ( file ) => ignored.some( ( pattern ) => pattern.test( join( checkoutPath, file ) ) ) )
	);
} );

test( 'every test file that git knows is found', () => {
	const listed = execFileSync( 'git', [ 'ls-files', '*.test.ts', '*.test.tsx', 'plugin/tests/*-test.php' ], {
		cwd: checkoutPath,
		encoding: 'utf8',
	} );
	expect( testFiles() ).toEqual( expect.arrayContaining( listed.trim().split( '\n' ) ) );
} );

describe( 'what to run instead', () => {
	test.each( [
		[ 'backend/src/x/y.server.test.ts', 'npm run server-test -- backend/src/x/y.server.test.ts' ],
		[ 'backend/src/x/y.debian13.test.ts', 'npm run server-test -- backend/src/x/y.debian13.test.ts' ],
		[ 'lab/journeys/y.test.ts', 'npm run journey -- lab/journeys/y.test.ts' ],
		[ 'backend/src/x/y.postgres.test.ts', 'npm test -- --only postgres' ],
		[ 'plugin/tests/y-test.php', 'npm test -- --only phpunit' ],
	] )( '%s', ( file, command ) => {
		expect( whyNotUnit( file ) ).toMatch( new RegExp( `^${ file } .*Run: ${ command }$` ) );
	} );
} );

test( 'a file is found by its path, however it is written, and by a part of it', () => {
	const own = 'lab/test/test-files.test.ts';
	for ( const name of [ own, `./${ own }`, join( checkoutPath, own ), 'test-files' ] ) {
		expect( filesNamed( name ) ).toEqual( [ own ] );
	}
	expect( filesNamed( 'no-such-file' ) ).toEqual( [] );
} );
