import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { writeBundleSbom } from './bundle-sbom.ts';

const folder = mkdtempSync( join( tmpdir(), 'bundle-' ) );
const files: Record< string, string > = {
	'package.json': '{ "name": "@email-gateway/plugin", "version": "1.2.3" }',
	'node_modules/clsx/package.json': '{ "name": "clsx", "version": "2.1.1", "license": "MIT" }',
	// says only how its modules are written
	'node_modules/clsx/dist/package.json': '{ "type": "module" }',
	'node_modules/@wordpress/ui/package.json':
		'{ "name": "@wordpress/ui", "version": "1.0.0", "license": "(MIT OR ISC)" }',
	'node_modules/@wordpress/ui/node_modules/clsx/package.json':
		'{ "name": "clsx", "version": "1.0.0", "license": "ISC" }',
	'node_modules/left-out/package.json': '{ "name": "left-out", "version": "1.0.0" }',
};
beforeAll( () => {
	for ( const [ path, text ] of Object.entries( files ) ) {
		mkdirSync( dirname( join( folder, path ) ), { recursive: true } );
		writeFileSync( join( folder, path ), text );
	}
} );
afterAll( () => rmSync( folder, { recursive: true } ) );

const at = ( path: string ) => ( { nameForCondition: join( folder, path ) } );
const modules = [
	{ nameForCondition: null, chunks: [ 'settings' ] },
	{ ...at( 'src/settings.tsx' ), chunks: [ 'settings' ] },
	{
		...at( 'node_modules/@wordpress/ui/index.js' ),
		chunks: [ 'settings' ],
		modules: [ at( 'node_modules/clsx/dist/clsx.mjs' ), at( 'node_modules/@wordpress/ui/node_modules/clsx/a.js' ) ],
	},
	{ ...at( 'node_modules/left-out/index.js' ), chunks: [] },
	{ name: 'webpack/runtime/make namespace object', nameForCondition: null, chunks: [ 'settings' ] },
];
const file = () => join( folder, 'sbom.cdx.json' );

test( 'tells every package that is part of the scripts, in each of its versions, with its licence', async () => {
	await writeBundleSbom( { stats: { modules }, pluginDir: folder, file: file() } );
	const { specVersion, metadata, components } = JSON.parse( readFileSync( file(), 'utf8' ) );
	expect( [ specVersion, metadata.component.version ] ).toEqual( [ '1.5', '1.2.3' ] );
	expect( components ).toMatchObject( [
		{ purl: 'pkg:npm/%40wordpress/ui@1.0.0', licenses: [ { expression: '(MIT OR ISC)' } ] },
		{ purl: 'pkg:npm/clsx@1.0.0', licenses: [ { license: { id: 'ISC' } } ] },
		{ purl: 'pkg:npm/clsx@2.1.1', licenses: [ { license: { id: 'MIT' } } ] },
		{ name: 'webpack', licenses: [ { license: { id: 'MIT' } } ] },
	] );
} );

test( 'a package without a licence is told by its name', async () => {
	const stats = { modules: [ { ...at( 'node_modules/left-out/index.js' ), chunks: [ 'settings' ] } ] };
	const written = writeBundleSbom( { stats, pluginDir: folder, file: file() } );
	await expect( written ).rejects.toThrow( /licence of left-out@1\.0\.0 is not known/ );
} );
