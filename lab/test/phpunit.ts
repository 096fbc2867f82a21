import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ensurePluginAssets } from '../build/plugin-assets.ts';
import { ensureSystemPackages } from '../system/packages.ts';
import { checkoutPath, labPath } from '../system/paths.ts';
import { tryRun } from '../system/run.ts';
import { ensureWordPressFiles } from '../wordpress/files.ts';
import { installWordPress } from '../wordpress/install.ts';
import { ensurePhp } from '../wordpress/php.ts';
import { ensureSite } from '../wordpress/site.ts';
import { systemPhp } from '../wordpress/system-php.ts';
import { wpCli } from '../wordpress/wp-cli.ts';
import { readJunit } from './junit.ts';
import type { RunnerResult } from './report.ts';
import type { RunnerContext } from './runners.ts';

/** PHPUnit inside a WordPress that is new at every run, with our plugin active. */
export async function phpunit( { log, signal }: RunnerContext ): Promise< RunnerResult > {
	if ( ! ( await ensurePhp( { log, signal } ) ) ) {
		throw new Error( 'There is no PHP here, and only root on Debian can have one installed.' );
	}
	await ensureSystemPackages( [ 'phpunit' ], { log, signal } );
	// What PHP prints for the scripts is printed only where they were built.
	await ensurePluginAssets( { log, signal } );
	const folder = join( labPath, 'phpunit' );
	const siteDir = await freshSite( folder, { log, signal } );
	const reportFile = join( folder, 'junit.xml' );
	const finished = await tryRun(
		[ 'php', '-d', 'memory_limit=512M', '/usr/bin/phpunit', '--log-junit', reportFile ],
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

async function freshSite( folder: string, { log, signal }: RunnerContext ): Promise< string > {
	const files = await ensureWordPressFiles( log );
	const [ siteDir, dataDir ] = [ join( folder, 'wordpress' ), join( folder, 'sqlite' ) ];
	const [ pluginDir, url ] = [ join( checkoutPath, 'plugin' ), 'http://127.0.0.1' ];
	await rm( dataDir, { recursive: true, force: true } );
	await rm( join( folder, 'junit.xml' ), { force: true } );
	await mkdir( folder, { recursive: true } );
	await ensureSite( {
		files,
		siteDir,
		pluginDir,
		url,
		database: { kind: 'sqlite', dir: dataDir },
		debugLog: join( folder, 'wordpress.log' ),
	} );
	const wp = wpCli( { phar: files.wpCli, php: systemPhp( siteDir ), signal } );
	const users = {
		adminUser: 'admin',
		adminPassword: 'admin',
		customerUser: 'customer',
		customerPassword: 'customer',
	};
	await installWordPress( wp, { url, users, setupDir: folder } );
	return siteDir;
}
