import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';

const plugin = fileURLToPath( new URL( '..', import.meta.url ) );
const zodMark = /_zod\b|ZodError/;

describe( 'what a browser gets', () => {
	let folder: string;

	beforeAll( async () => {
		folder = mkdtempSync( join( tmpdir(), 'email-gateway-build-' ) );
		const script = fileURLToPath( import.meta.resolve( '@wordpress/scripts/bin/wp-scripts.js' ) );
		const entries = [ './src/metabox.tsx', './src/settings.tsx', './src/mail-log.tsx', './src/list.ts' ];
		// wp-scripts starts `node` from PATH: let it be the one that runs this test.
		const path = `${ dirname( process.execPath ) }:${ process.env.PATH }`;
		await promisify( execFile )( process.execPath, [ script, 'build', ...entries, `--output-path=${ folder }` ], {
			cwd: plugin,
			env: { ...process.env, PATH: path, NODE_OPTIONS: '', NODE_ENV: 'production' },
		} );
	}, 120_000 );

	afterAll( () => rmSync( folder, { recursive: true, force: true } ) );

	const built = ( file: string ) => readFileSync( join( folder, file ), 'utf8' );

	test( 'no zod: only types of the contract and its printed routes', () => {
		const zod = readFileSync( fileURLToPath( import.meta.resolve( 'zod' ) ), 'utf8' ) + zodCore();
		expect( zod ).toMatch( zodMark );
		const scripts = readdirSync( folder ).filter( ( file ) => file.endsWith( '.js' ) );
		expect( scripts.sort() ).toEqual( [
			...[ 'drawing.js', 'list.js', 'mail-log.js', 'metabox.js', 'opened.js', 'settings.js' ],
		] );
		expect( scripts.filter( ( file ) => zodMark.test( built( file ) ) ) ).toEqual( [] );
	} );

	test( 'the screen of a server weighs at most 60 KB', () => {
		expect( gzipSync( built( 'metabox.js' ) ).length ).toBeLessThan( 60_000 );
	} );

	test( 'the drawing library is in a file of its own, which holds no sentence to translate', () => {
		const isLibrary = /u-over/;
		expect( isLibrary.test( built( 'drawing.js' ) ) ).toBe( true );
		expect( [ 'metabox.js', 'settings.js' ].filter( ( file ) => isLibrary.test( built( file ) ) ) ).toEqual( [] );
		expect( built( 'drawing.js' ) ).not.toContain( 'email-gateway' );
		expect( gzipSync( built( 'drawing.js' ) ).length ).toBeLessThan( 30_000 );
	} );

	test( 'React and the components are WordPress’s own', () => {
		expect( built( 'metabox.asset.php' ) ).toMatch( /'react-jsx-runtime'.*'wp-components'.*'wp-element'/ );
	} );
} );

/** The code that would be in a bundle if a schema were imported. */
function zodCore(): string {
	const entry = fileURLToPath( import.meta.resolve( 'zod' ) );
	return readFileSync( join( dirname( entry ), 'v4', 'core', 'core.js' ), 'utf8' );
}
