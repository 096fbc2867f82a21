import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** As webpack tells it with --json: whatever was joined into one module is told below that one. */
export interface BundledModule {
	name?: string;
	/** The file it was read from; none for what WordPress provides. */
	nameForCondition?: string | null;
	/** In none: it was read, and is in no file that was written. */
	chunks?: unknown[];
	modules?: BundledModule[];
}
interface Manifest {
	name?: string;
	version?: string;
	license?: string;
}

const webpack = createRequire( import.meta.url ).resolve( 'webpack/package.json' );

/** The files of others that are part of the scripts, by webpack's own list; what it put in itself is a file of webpack. */
export function bundledFiles( { modules = [] }: Pick< BundledModule, 'modules' > ): string[] {
	return modules
		.filter( ( { chunks } ) => chunks === undefined || chunks.length > 0 )
		.flatMap( ( { name = '', nameForCondition, modules: joined = [] } ) => [
			name.startsWith( 'webpack/runtime/' ) ? webpack : nameForCondition ?? '',
			...bundledFiles( { modules: joined } ),
		] )
		.filter( ( file ) => file.includes( '/node_modules/' ) );
}

/**
 * Writes which packages are part of the scripts, as CycloneDX 1.5, without what is of the moment and of the machine.
 * Errors: an Error that names a package without a licence.
 * @param stats what webpack told with --json
 */
export async function writeBundleSbom( {
	stats,
	pluginDir,
	file,
}: {
	stats: BundledModule;
	pluginDir: string;
	file: string;
} ): Promise< void > {
	const manifests = await Promise.all( bundledFiles( stats ).map( manifestOf ) );
	const byRef = new Map( manifests.map( ( manifest ) => [ `${ manifest.name }@${ manifest.version }`, manifest ] ) );
	const components = [ ...byRef.keys() ].sort().map( ( ref ) => componentOf( ref, byRef.get( ref ) ?? {} ) );
	const { version } = JSON.parse( await readFile( join( pluginDir, 'package.json' ), 'utf8' ) ) as Manifest;
	const whole = {
		bomFormat: 'CycloneDX',
		specVersion: '1.5',
		version: 1,
		metadata: { component: { type: 'application', name: 'email-gateway', version } },
		components,
	};
	await writeFile( file, `${ JSON.stringify( whole, null, '\t' ) }\n` );
}

function componentOf( ref: string, { name = '', version = '', license }: Manifest ): object {
	if ( ! license ) {
		throw new Error( `The licence of ${ ref } is not known: its package.json names none.` );
	}
	const licenses = / |\(/.test( license ) ? [ { expression: license } ] : [ { license: { id: license } } ];
	const purl = `pkg:npm/${ name.replace( '@', '%40' ) }@${ version }`;
	return { 'bom-ref': ref, type: 'library', name, version, purl, licenses };
}

/** Of the package that a file belongs to: folders in it may have a package.json that only says how modules are written. */
async function manifestOf( file: string ): Promise< Manifest > {
	for ( let folder = dirname( file ); folder !== dirname( folder ); folder = dirname( folder ) ) {
		const path = join( folder, 'package.json' );
		const manifest = existsSync( path ) ? ( JSON.parse( await readFile( path, 'utf8' ) ) as Manifest ) : {};
		if ( manifest.name && manifest.version ) {
			return manifest;
		}
	}
	throw new Error( `No package has ${ file }.` );
}
