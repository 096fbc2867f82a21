import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtPackage, madeAt } from '../build/built-package.ts';
import { deb } from '../build/deb.ts';
import { buildPluginAssets } from '../build/plugin-assets.ts';
import { pluginZip } from '../build/plugin-zip.ts';
import { version } from '../build/version.ts';
import { checkoutPath } from '../system/paths.ts';
import { ensureSystemPackages } from '../system/packages.ts';
import { run } from '../system/run.ts';
import { answersHealth, isSmall } from './built-release.ts';
import { isWhole, namesWhatIsInScripts } from './built-sboms.ts';
import { activates } from './built-zip.ts';
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

async function problemOf( check: () => Promise< void > ): Promise< string | undefined > {
	try {
		await check();
		return undefined;
	} catch ( error ) {
		return ( error as Error ).message;
	}
}
