import { existsSync } from 'node:fs';
import { readFile, readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { sbomName } from './sbom.ts';
import { zip, type ZipEntry } from './zip.ts';

/** What people install, and nothing else: named one by one, so that a new file at the top is a decision. */
const shipped = [
	'email-gateway.php',
	'uninstall.php',
	'readme.txt',
	'routes.json',
	'contract.json',
	'words.json',
	'args.json',
	'schemas.json',
	'includes',
	'build',
	'languages',
];
const required = [
	'email-gateway.php',
	'uninstall.php',
	'readme.txt',
	'routes.json',
	'contract.json',
	'words.json',
	'args.json',
	'schemas.json',
	'includes',
	`build/${ sbomName }`,
];
const left = /\.(map|ts|tsx)$/;

/** The bytes of email-gateway.zip, from a plugin folder with built scripts. Throws when something is missing. */
export async function pluginZip( pluginDir: string ): Promise< Buffer > {
	const missing = required.filter( ( name ) => ! existsSync( join( pluginDir, name ) ) );
	if ( missing.length > 0 ) {
		throw new Error( `The plugin is not whole: ${ missing.join( ', ' ) } missing.` );
	}
	const files = await Promise.all( shipped.map( ( name ) => filesAt( join( pluginDir, name ) ) ) );
	const entries = files
		.flat()
		.filter( ( file ) => ! left.test( file ) )
		.map(
			async ( file ): Promise< ZipEntry > => ( {
				path: `email-gateway/${ relative( pluginDir, file ) }`,
				data: await readFile( file ),
			} )
		);
	return zip( await Promise.all( entries ) );
}

async function filesAt( path: string ): Promise< string[] > {
	if ( ! existsSync( path ) ) {
		return [];
	}
	if ( ! ( await stat( path ) ).isDirectory() ) {
		return [ path ];
	}
	const entries = await readdir( path, { recursive: true, withFileTypes: true } );
	return entries.filter( ( entry ) => entry.isFile() ).map( ( entry ) => join( entry.parentPath, entry.name ) );
}
