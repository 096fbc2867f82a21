import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ensurePluginAssets } from '../build/plugin-assets.ts';
import { ensureSystemPackages } from '../system/packages.ts';
import { checkoutPath, labPath } from '../system/paths.ts';
import { tryRun } from '../system/run.ts';
import { ensurePhp } from '../wordpress/php.ts';
import { readJunit } from './junit.ts';
import { merge, type RunnerResult } from './report.ts';
import type { RunnerContext } from './runners.ts';
import { freshNetwork, freshSite } from './test-site.ts';

/** PHPUnit inside a WordPress that is new at every run, with our plugin active, and in a network of sites. */
export async function phpunit( { log, signal }: RunnerContext ): Promise< RunnerResult > {
	if ( ! ( await ensurePhp( { log, signal } ) ) ) {
		throw new Error( 'There is no PHP here, and only root on Debian can have one installed.' );
	}
	await ensureSystemPackages( [ 'phpunit' ], { log, signal } );
	// What PHP prints for the scripts is printed only where they were built.
	await ensurePluginAssets( { log, signal } );
	const folder = join( labPath, 'phpunit' );
	const site = await freshSite( folder, { log, signal } );
	const networkFolder = join( labPath, 'phpunit-network' );
	const network = await freshNetwork( networkFolder, { log, signal } );
	// at the same time: each keeps one processor busy
	const [ alone, together ] = await Promise.all( [
		testsIn( site, { folder, suites: 'plugin', signal } ),
		testsIn( network, { folder: networkFolder, suites: 'plugin,network', signal } ),
	] );
	const inNetwork = together.failures.map( ( { name, details } ) => ( {
		name: `in a network: ${ name }`,
		details,
	} ) );
	return {
		...merge( [ alone, { ...together, failures: inNetwork } ] ),
		note: `${ together.passed } of them in a network of sites`,
	};
}

async function testsIn(
	siteDir: string,
	{ folder, suites, signal }: { folder: string; suites: string; signal: AbortSignal }
): Promise< RunnerResult > {
	const reportFile = join( folder, 'junit.xml' );
	await rm( reportFile, { force: true } );
	const finished = await tryRun(
		[
			...[ 'php', '-d', 'memory_limit=512M', '/usr/bin/phpunit' ],
			...[ '--testsuite', suites, '--log-junit', reportFile ],
		],
		{
			cwd: join( checkoutPath, 'plugin' ),
			env: { ...process.env, EMAIL_GATEWAY_TEST_SITE: siteDir },
			signal,
		}
	);
	const report = existsSync( reportFile ) ? await readFile( reportFile, 'utf8' ) : '';
	const result = readJunit( report );
	if ( finished.code !== 0 && result.failures.length === 0 ) {
		result.failures.push( {
			name: 'phpunit',
			details: `ended with ${ finished.code }:\n${ finished.stdout }${ finished.stderr }`,
		} );
	}
	return result;
}
