import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { checkoutPath } from '../system/paths.ts';
import { run } from '../system/run.ts';
import { asReleased, prune, releaseTime } from './prune.ts';
import { writeSbom } from './sbom.ts';

const workspaces = [ 'shared', 'backend', 'plugin', 'lab' ];
/** Tests, and what only tests use: by our convention its first line says so. */
async function isShipped( path: string ): Promise< boolean > {
	if ( ! path.endsWith( '.ts' ) ) {
		return true;
	}
	return ! path.endsWith( '.test.ts' ) && ! ( await readFile( path, 'utf8' ) ).startsWith( '// Only for tests' );
}

/**
 * Makes a folder that runs with `node src/main.ts` alone: the backend's sources and its packages as the lockfile
 * pins them, all of them named in sbom.cdx.json. The contract is compiled, for Node strips no types below node_modules.
 */
export async function backendRelease( target: string, { signal }: { signal: AbortSignal } ): Promise< void > {
	await mkdir( dirname( target ), { recursive: true } );
	const work = await mkdtemp( join( dirname( target ), '.backend-' ) );
	try {
		const release = join( work, 'release' );
		await installPackages( { into: work, signal } );
		await mkdir( release );
		await rename( join( work, 'node_modules' ), join( release, 'node_modules' ) );
		await compileContract( { into: join( release, 'node_modules/@email-gateway' ), signal } );
		await copyBackend( release );
		await writeSbom( release, { signal } );
		// npm looked at the whole packages for it
		await prune( join( release, 'node_modules' ) );
		await asReleased( release, { madeAt: await releaseTime( checkoutPath ) } );
		await rm( target, { recursive: true, force: true } );
		await rename( release, target );
	} finally {
		await rm( work, { recursive: true, force: true } );
	}
}

/** npm wants to see every workspace of the lockfile, then installs what one of them needs in production. */
async function installPackages( { into, signal }: { into: string; signal: AbortSignal } ): Promise< void > {
	for ( const file of [
		'package.json',
		'package-lock.json',
		'.npmrc',
		...workspaces.map( ( name ) => `${ name }/package.json` ),
	] ) {
		await cp( join( checkoutPath, file ), join( into, file ) );
	}
	const flags = [
		'--omit=dev',
		'--omit=optional',
		'--ignore-scripts',
		'--no-audit',
		'--no-fund',
		'--loglevel=error',
	];
	await run( [ 'npm', 'ci', '--workspace', '@email-gateway/backend', '--include-workspace-root=false', ...flags ], {
		cwd: into,
		signal,
	} );
}

async function compileContract( { into, signal }: { into: string; signal: AbortSignal } ): Promise< void > {
	const source = join( checkoutPath, 'shared' );
	const folder = join( into, 'shared' );
	await rm( into, { recursive: true, force: true } );
	await mkdir( folder, { recursive: true } );
	const compiler = join( checkoutPath, 'node_modules/typescript/bin/tsc' );
	const options = [
		'--module',
		'nodenext',
		'--target',
		'es2024',
		'--strict',
		'--skipLibCheck',
		'--rewriteRelativeImportExtensions',
		'--types',
		'node',
	];
	const where = [ '--rootDir', join( source, 'src' ), '--outDir', join( folder, 'src' ) ];
	await run( [ process.execPath, compiler, '--ignoreConfig', ...options, ...where, join( source, 'src/index.ts' ) ], {
		cwd: checkoutPath,
		signal,
	} );
	const manifest = JSON.parse( await readFile( join( source, 'package.json' ), 'utf8' ) ) as Record<
		string,
		unknown
	>;
	await writeFile(
		join( folder, 'package.json' ),
		JSON.stringify( { ...manifest, exports: { '.': './src/index.js' } }, null, '\t' )
	);
}

async function copyBackend( release: string ): Promise< void > {
	const source = join( checkoutPath, 'backend' );
	await cp( join( source, 'src' ), join( release, 'src' ), {
		recursive: true,
		filter: isShipped,
	} );
	for ( const file of [ '.env.example', 'Dockerfile', 'compose.yaml', 'email-gateway-backend.service', 'bin' ] ) {
		await cp( join( source, file ), join( release, file ), { recursive: true } );
	}
	await cp( join( checkoutPath, 'LICENSE' ), join( release, 'LICENSE' ) );
	const { devDependencies: _left, ...manifest } = JSON.parse(
		await readFile( join( source, 'package.json' ), 'utf8' )
	) as Record< string, unknown >;
	await writeFile(
		join( release, 'package.json' ),
		`${ JSON.stringify( { ...manifest, engines: { node: '>=24' } }, null, '\t' ) }\n`
	);
}
