import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cachePath, checkoutPath } from '../system/paths.ts';
import { run } from '../system/run.ts';
import { backendRelease } from './backend-release.ts';
import { deb, debName } from './deb.ts';
import { version } from './version.ts';

/** Not the time of the commit: what a commit does not change is not built again. */
export const madeAt = Date.UTC( 2026, 0, 1 ) / 1000;

/** What a package is made of; npm's lockfile stands for the packages. */
const sources = [ 'backend', 'shared/src', 'lab/build', 'package.json', 'package-lock.json' ];

/** The Debian package and the release folder of what lies here now, made once for all tests that want them. */
export async function builtPackage( { signal }: { signal: AbortSignal } ): Promise< { deb: string; release: string } > {
	const folder = join( cachePath, 'release', await digestOfSources() );
	const built = { deb: join( folder, debName( version() ) ), release: join( folder, 'backend' ) };
	if ( ! existsSync( folder ) ) {
		await deleteOlder( dirname( folder ) );
		const work = `${ folder }.${ process.pid }`;
		await mkdir( work, { recursive: true } );
		try {
			const release = join( work, 'backend' );
			await backendRelease( release, { signal } );
			await writeFile( join( work, debName( version() ) ), await deb( { release, version: version(), madeAt } ) );
			// another test may have made the same meanwhile
			await rename( work, folder ).catch( ( error ) => {
				if ( ! existsSync( folder ) ) {
					throw error;
				}
			} );
		} finally {
			await rm( work, { recursive: true, force: true } );
		}
	}
	return built;
}

/** A hundred megabytes each: those of yesterday are not wanted again. */
async function deleteOlder( folder: string ): Promise< void > {
	await mkdir( folder, { recursive: true } );
	for ( const name of await readdir( folder ) ) {
		const path = join( folder, name );
		if ( ( await stat( path ) ).mtimeMs < Date.now() - 86_400_000 ) {
			await rm( path, { recursive: true, force: true } );
		}
	}
}

async function digestOfSources(): Promise< string > {
	const listed = await run( [ 'git', 'ls-files', '--cached', '--others', '--exclude-standard', ...sources ], {
		cwd: checkoutPath,
	} );
	const hash = createHash( 'sha256' );
	for ( const file of listed.split( '\n' ).filter( ( name ) => name && ! name.endsWith( '.test.ts' ) ) ) {
		const path = join( checkoutPath, file );
		if ( existsSync( path ) ) {
			hash.update( `${ file }\0` ).update( await readFile( path ) );
		}
	}
	return hash.digest( 'hex' ).slice( 0, 16 );
}
