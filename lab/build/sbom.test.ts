import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, jest, test } from '@jest/globals';
import { sbomName, writeSbom } from './sbom.ts';

jest.setTimeout( 120_000 );

const folders: string[] = [];
afterEach( () => folders.splice( 0 ).forEach( ( folder ) => rmSync( folder, { recursive: true } ) ) );

interface Package {
	name: string;
	version: string;
	dependencies?: Record< string, string >;
	license?: string;
	licenses?: { type: string; url: string }[];
}
/** A folder with these packages, by their paths in it. */
function folderWith( packages: Record< string, Package > ): string {
	const folder = mkdtempSync( join( tmpdir(), 'sbom-' ) );
	folders.push( folder );
	for ( const [ path, manifest ] of Object.entries( packages ) ) {
		mkdirSync( join( folder, path ), { recursive: true } );
		writeFileSync( join( folder, path, 'package.json' ), JSON.stringify( manifest ) );
	}
	return folder;
}
async function sbomOf( folder: string ): Promise< string > {
	await writeSbom( folder, { signal: AbortSignal.timeout( 100_000 ) } );
	return readFileSync( join( folder, sbomName ), 'utf8' );
}

const release: Record< string, Package > = {
	'': {
		name: 'release',
		version: '1.0.0',
		license: 'GPL-2.0-or-later',
		dependencies: { one: '1.0.0', two: '1.0.0' },
	},
	'node_modules/one': { name: 'one', version: '1.0.0', license: 'MIT', dependencies: { two: '2.0.0' } },
	'node_modules/one/node_modules/two': { name: 'two', version: '2.0.0', license: 'ISC' },
	// as packages wrote it before 2014, ssh2 still
	'node_modules/two': { name: 'two', version: '1.0.0', licenses: [ { type: 'MIT', url: 'https://example.com' } ] },
};

test( 'tells every package in each of its versions with its licence, in the same bytes each time', async () => {
	const text = await sbomOf( folderWith( release ) );
	const { specVersion, components } = JSON.parse( text ) as {
		specVersion: string;
		components: { 'bom-ref': string; purl: string; licenses: { license: { id: string } }[] }[];
	};
	expect( specVersion ).toBe( '1.5' );
	expect(
		components.map( ( { purl, licenses } ) => [ purl, licenses.map( ( { license } ) => license.id ) ] ).sort()
	).toEqual( [
		[ 'pkg:npm/one@1.0.0', [ 'MIT' ] ],
		[ 'pkg:npm/two@1.0.0', [ 'MIT' ] ],
		[ 'pkg:npm/two@2.0.0', [ 'ISC' ] ],
	] );
	expect( await sbomOf( folderWith( release ) ) ).toBe( text );
} );

test( 'a package without a licence, or one that is missing, is told by its name', async () => {
	const unlicensed = { ...release, 'node_modules/two': { name: 'two', version: '1.0.0' } };
	await expect( sbomOf( folderWith( unlicensed ) ) ).rejects.toThrow( /licence of two@1\.0\.0 is not known/ );
	const { 'node_modules/two': _missing, ...holed } = release;
	await expect( sbomOf( folderWith( holed ) ) ).rejects.toThrow( /missing: two@1\.0\.0/ );
} );
