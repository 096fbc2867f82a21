import { cp, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { builtPackage, madeAt } from '../build/built-package.ts';
import { deb } from '../build/deb.ts';
import { version } from '../build/version.ts';
import { buildPluginAssets } from '../build/plugin-assets.ts';
import { pluginZip } from '../build/plugin-zip.ts';
import { sbomName } from '../build/sbom.ts';
import { labPort } from '../network/addresses.ts';
import { checkoutPath, labPath } from '../system/paths.ts';
import { startProcess, stopProcess } from '../system/processes.ts';
import { ensureSystemPackages } from '../system/packages.ts';
import { run } from '../system/run.ts';
import { answers, waitUntil } from '../wait.ts';
import { ensureWordPressFiles } from '../wordpress/files.ts';
import { installWordPress } from '../wordpress/install.ts';
import { ensureSite } from '../wordpress/site.ts';
import { systemPhp } from '../wordpress/system-php.ts';
import { wpCli } from '../wordpress/wp-cli.ts';
import { merge, oneCheck, type RunnerResult } from './report.ts';
import type { RunnerContext } from './runners.ts';

/** Builds what people install, and installs it where nothing of the checkout can be found. */
export async function builtFiles( { log, signal }: RunnerContext ): Promise< RunnerResult > {
	const folder = await mkdtemp( join( tmpdir(), 'email-gateway-build-' ) );
	try {
		await buildPluginAssets( signal, { withMaps: true } );
		const archive = await pluginZip( join( checkoutPath, 'plugin' ) );
		const built = await builtPackage( { signal } );
		const checks: [ string, () => Promise< void > ][] = [
			[ 'the zip activates in a fresh WordPress', () => activates( { archive, folder, log, signal } ) ],
			[
				'the backend folder answers with node alone',
				() => answersHealth( { folder, release: built.release, signal } ),
			],
			[ 'that folder is small', () => isSmall( built.release ) ],
			[ 'its SBOM names each package that ships, and nothing else', () => isWhole( built.release ) ],
			[ 'the Debian package has no error that lintian knows', () => lintian( built.deb, { log, signal } ) ],
			[ 'the same release gives the same package', () => isReproducible( built ) ],
			[ 'that of the zip names each package of which code is in its scripts', () => namesWhatIsInScripts() ],
		];
		const results: RunnerResult[] = [];
		for ( const [ name, check ] of checks ) {
			results.push( oneCheck( name, await problemOf( check ) ) );
		}
		return merge( results );
	} finally {
		await rm( folder, { recursive: true, force: true } );
	}
}

async function activates( {
	archive,
	folder,
	log,
	signal,
}: {
	archive: Buffer;
	folder: string;
	log: RunnerContext[ 'log' ];
	signal: AbortSignal;
} ): Promise< void > {
	const [ zipFile, siteDir ] = [ join( folder, 'email-gateway.zip' ), join( folder, 'wordpress' ) ];
	await writeFile( zipFile, archive );
	const unpack =
		'$zip = new ZipArchive(); $zip->open( $argv[1] ) === true && $zip->extractTo( $argv[2] ) || exit( 1 );';
	await run( [ 'php', '-r', unpack, zipFile, folder ] );
	const pluginDir = join( folder, 'email-gateway' );
	const files = await ensureWordPressFiles( log );
	const database = { kind: 'sqlite', dir: join( folder, 'sqlite' ) } as const;
	await ensureSite( {
		files,
		siteDir,
		pluginDir,
		url: 'http://127.0.0.1',
		database,
		debugLog: join( folder, 'wordpress.log' ),
	} );
	const wp = wpCli( { phar: files.wpCli, php: systemPhp( siteDir ), signal } );
	const users = {
		adminUser: 'admin',
		adminPassword: 'admin',
		customerUser: 'customer',
		customerPassword: 'customer',
	};
	await installWordPress( wp, { url: 'http://127.0.0.1', users, setupDir: folder } );
	const status = await wp( [ 'plugin', 'get', 'email-gateway', '--field=status' ] );
	if ( status.trim() !== 'active' ) {
		throw new Error( `The plugin is ${ status.trim() }.` );
	}
}

/** 38 MB when this was written: what makes it greater is to be looked at. */
async function isSmall( release: string ): Promise< void > {
	const entries = await readdir( release, { recursive: true, withFileTypes: true } );
	const sizes = await Promise.all(
		entries
			.filter( ( entry ) => entry.isFile() )
			.map( async ( entry ) => ( await stat( join( entry.parentPath, entry.name ) ) ).size )
	);
	const megabytes = sizes.reduce( ( sum, size ) => sum + size, 0 ) / 1e6;
	if ( megabytes > 45 ) {
		throw new Error( `It has ${ megabytes.toFixed( 1 ) } MB.` );
	}
}

async function lintian( file: string, context: Pick< RunnerContext, 'log' | 'signal' > ): Promise< void > {
	await ensureSystemPackages( [ 'lintian' ], context );
	await run( [ 'lintian', '--allow-root', '--fail-on', 'error', '--tag-display-limit', '0', file ], context );
}

async function isReproducible( built: { deb: string; release: string } ): Promise< void > {
	const again = await deb( { release: built.release, version: version(), madeAt } );
	if ( ! again.equals( await readFile( built.deb ) ) ) {
		throw new Error( 'It has other bytes than before.' );
	}
}

async function answersHealth( {
	folder,
	release: made,
	signal,
}: {
	folder: string;
	release: string;
	signal: AbortSignal;
} ): Promise< void > {
	const release = join( folder, 'backend' );
	await mkdir( release );
	await cp( made, release, { recursive: true, verbatimSymlinks: true } );
	const port = labPort( labPath, 'release' );
	const logFile = join( folder, 'backend.log' );
	const env = { PATH: process.env[ 'PATH' ], PORT: `${ port }`, EMAIL_GATEWAY_DATA_DIR: join( folder, 'data' ) };
	await run( [ join( release, 'bin/email-gateway' ), 'version' ], {
		env: { ...env, PATH: `${ dirname( process.execPath ) }:${ env.PATH }` },
	} );
	await startProcess( 'release', [ process.execPath, 'src/main.ts' ], { cwd: release, env, logFile } );
	try {
		await waitUntil( 'An answer at /health', () => answers( `http://127.0.0.1:${ port }/health` ), {
			timeoutMs: 30_000,
			signal,
		} );
	} finally {
		await stopProcess( 'release' );
	}
}

/** Compares the SBOM with the tree itself, which npm is not asked about. */
async function isWhole( release: string ): Promise< void > {
	const { components } = JSON.parse( await readFile( join( release, sbomName ), 'utf8' ) ) as {
		components: { 'bom-ref': string }[];
	};
	const told = new Set( components.map( ( component ) => component[ 'bom-ref' ] ) );
	const manifests = ( await readdir( join( release, 'node_modules' ), { recursive: true } ) ).filter( ( path ) =>
		/(^|\/node_modules\/)(@[^/]+\/)?[^/@]+\/package\.json$/.test( path )
	);
	const shipped = await Promise.all(
		manifests.map( async ( path ) => {
			const text = await readFile( join( release, 'node_modules', path ), 'utf8' );
			const { name, version } = JSON.parse( text ) as { name: string; version: string };
			return `${ name }@${ version }`;
		} )
	);
	const differs = [
		...shipped.filter( ( ref ) => ! told.has( ref ) ),
		...[ ...told ].filter( ( ref ) => ! shipped.includes( ref ) ),
	];
	if ( shipped.length === 0 || differs.length > 0 ) {
		throw new Error( `The SBOM and what ships differ in ${ differs.join( ', ' ) || 'everything' }.` );
	}
}

/** Compares the SBOM in the zip with the source maps, which name the files that the scripts were made of. */
async function namesWhatIsInScripts(): Promise< void > {
	const build = join( checkoutPath, 'plugin/build' );
	const { components } = JSON.parse( await readFile( join( build, sbomName ), 'utf8' ) ) as {
		components: { name: string }[];
	};
	const told = new Set( components.map( ( { name } ) => name ) );
	const maps = ( await readdir( build ) ).filter( ( name ) => name.endsWith( '.map' ) );
	const sources = await Promise.all(
		maps.map( async ( name ) => {
			const map = JSON.parse( await readFile( join( build, name ), 'utf8' ) ) as { sources: string[] };
			return map.sources;
		} )
	);
	const shipped = sources.flat().flatMap( packageOf );
	const missing = [ ...new Set( shipped.filter( ( name ) => ! told.has( name ) ) ) ];
	if ( shipped.length === 0 || missing.length > 0 ) {
		throw new Error( `The SBOM of the zip does not name ${ missing.join( ', ' ) || 'anything' }.` );
	}
}

/** None for our own. */
function packageOf( source: string ): string[] {
	const inside = source.split( '/node_modules/' ).slice( 1 ).at( -1 );
	if ( inside === undefined ) {
		return source.includes( '/webpack/runtime/' ) ? [ 'webpack' ] : [];
	}
	return inside.match( /^(@[^/]+\/)?[^/]+/ )?.slice( 0, 1 ) ?? [];
}

async function problemOf( check: () => Promise< void > ): Promise< string | undefined > {
	try {
		await check();
		return undefined;
	} catch ( error ) {
		return ( error as Error ).message;
	}
}
