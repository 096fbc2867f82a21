import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { cachePath, checkoutPath } from '../system/paths.ts';
import { run, type Log } from '../system/run.ts';
import { writeBundleSbom, type BundledModule } from './bundle-sbom.ts';
import { sbomName } from './sbom.ts';

const pluginDir = join( checkoutPath, 'plugin' );
const stampFile = join( cachePath, 'plugin-assets' );

/** Builds the plugin's scripts and styles into plugin/build unless they were built from what lies there now. */
export async function ensurePluginAssets( { log, signal }: { log: Log; signal: AbortSignal } ): Promise< void > {
	const digest = await digestOfSources();
	const built = existsSync( stampFile ) ? await readFile( stampFile, 'utf8' ) : '';
	if ( built === digest && existsSync( join( pluginDir, 'build' ) ) ) {
		return;
	}
	log( "Building the plugin's scripts …" );
	await buildPluginAssets( signal );
	await mkdir( cachePath, { recursive: true } );
	await writeFile( stampFile, digest );
}

/** Says that what lies in plugin/build is another build than ours: it is made again when it is needed. */
export function forgetPluginAssets(): Promise< void > {
	return rm( stampFile, { force: true } );
}

/**
 * Builds them in any case, with an SBOM of the packages that are part of them.
 * @param withMaps writes source maps beside them, which name every file that a script was made of
 */
export async function buildPluginAssets(
	signal: AbortSignal,
	{ withMaps = false }: { withMaps?: boolean } = {}
): Promise< void > {
	// wp-scripts starts `node` by name again: it must find the pinned one first.
	const path = `${ join( checkoutPath, 'node_modules', '.bin' ) }${ delimiter }${ process.env[ 'PATH' ] }`;
	const statsFile = join( pluginDir, 'build', 'stats.json' );
	await rm( join( pluginDir, 'build' ), { recursive: true, force: true } );
	await run(
		[ 'npm', 'run', 'build', '--silent', '--workspace', '@email-gateway/plugin', '--', `--json=${ statsFile }` ],
		{
			cwd: checkoutPath,
			env: { ...process.env, PATH: path, ...( withMaps ? { WP_DEVTOOL: 'hidden-source-map' } : {} ) },
			signal,
		}
	);
	const stats = JSON.parse( await readFile( statsFile, 'utf8' ) ) as BundledModule;
	await rm( statsFile );
	await writeBundleSbom( { stats, pluginDir, file: join( pluginDir, 'build', sbomName ) } );
}

async function digestOfSources(): Promise< string > {
	const hash = createHash( 'sha256' );
	const files = [
		...( await filesBelow( join( pluginDir, 'src' ) ) ),
		...( await filesBelow( join( checkoutPath, 'shared/src' ) ) ),
		...[ 'package-lock.json', 'plugin/package.json', 'plugin/webpack.config.js', 'plugin/webpack.config.mjs' ].map(
			( file ) => join( checkoutPath, file )
		),
	];
	for ( const file of files.filter( existsSync ) ) {
		hash.update( `${ file }\0` ).update( await readFile( file ) );
	}
	return hash.digest( 'hex' );
}

async function filesBelow( folder: string ): Promise< string[] > {
	const entries = await readdir( folder, { recursive: true, withFileTypes: true } );
	return entries
		.filter( ( entry ) => entry.isFile() )
		.map( ( entry ) => join( entry.parentPath, entry.name ) )
		.sort();
}
