import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { checkoutPath, labPath } from '../system/paths.ts';
import { run, type Log } from '../system/run.ts';
import { ensureWordPressFiles, type WordPressFiles } from '../wordpress/files.ts';
import { installFolders, installWordPress } from '../wordpress/install.ts';
import type { PhpRuntime } from '../wordpress/php.ts';
import { playground } from '../wordpress/playground.ts';
import { ensureSite } from '../wordpress/site.ts';
import { systemPhp } from '../wordpress/system-php.ts';
import { wpCli } from '../wordpress/wp-cli.ts';
import { ensureDebianWordPress } from './debian-wordpress.ts';

interface Context {
	log: Log;
	signal: AbortSignal;
}

export interface SmokeResult {
	wordpress: string;
	php: string;
	/** Whether PHP has the extension; else WordPress's own implementation signs. */
	sodium: boolean;
	checks: { name: string; problem: string | null }[];
}

/** `WordPress 6.8.12, PHP 7.4.33 without sodium`. */
export function whereItRan( { wordpress, php, sodium }: SmokeResult ): string {
	return `WordPress ${ wordpress }, PHP ${ php }${ sodium ? '' : ' without sodium' }`;
}

/** Where else than in the other tests the plugin must work. */
export const smokeTests = {
	/** Debian 13's own WordPress, 6.8, by this machine's PHP. */
	debian: async ( context: Context ) => {
		const files = await ensureWordPressFiles( context.log );
		const coreDir = await ensureDebianWordPress( context );
		return smoke( 'debian', { ...files, coreDir }, context, async ( siteDir ) => systemPhp( siteDir ) );
	},
	/** PHP in WebAssembly, which has no sodium: the oldest PHP that the plugin takes, and a current one. */
	playground74: ( context: Context ) => inPlayground( '7.4', context ),
	playground85: ( context: Context ) => inPlayground( '8.5', context ),
};

async function inPlayground( version: '7.4' | '8.5', context: Context ): Promise< SmokeResult > {
	const files = await ensureWordPressFiles( context.log );
	return smoke( `playground-${ version }`, files, context, ( siteDir, others ) =>
		playground( { siteDir, pluginDir: join( checkoutPath, 'plugin' ), others }, { ...context, version } )
	);
}

async function smoke(
	name: string,
	files: WordPressFiles,
	{ signal }: Context,
	runtime: ( siteDir: string, others: string[] ) => Promise< PhpRuntime >
): Promise< SmokeResult > {
	const folder = join( labPath, 'smoke', name );
	await rm( folder, { recursive: true, force: true } );
	const [ siteDir, dataDir, setupDir ] = [ 'wordpress', 'sqlite', 'setup' ].map( ( part ) =>
		join( folder, part )
	) as [ string, string, string ];
	await mkdir( setupDir, { recursive: true } );
	await ensureSite( {
		files,
		siteDir,
		pluginDir: join( checkoutPath, 'plugin' ),
		url: 'http://127.0.0.1',
		database: { kind: 'sqlite', dir: dataDir },
		debugLog: join( setupDir, 'wordpress.log' ),
	} );
	const fixtures = join( checkoutPath, 'shared/fixtures' );
	const others = [ files.dir, dataDir, import.meta.dirname, fixtures, ...installFolders( setupDir ) ];
	const php = await runtime( siteDir, others );
	const wp = wpCli( { phar: files.wpCli, php, signal } );
	const users = {
		adminUser: 'admin',
		adminPassword: 'admin',
		customerUser: 'customer',
		customerPassword: 'customer',
	};
	await installWordPress( wp, { url: 'http://127.0.0.1', users, setupDir } );
	const script = [ join( import.meta.dirname, 'smoke.php' ), php.siteRoot, join( fixtures, 'signatures.json' ) ];
	const printed = await run( php.script( script ), { signal } );
	return JSON.parse( printed.trim().split( '\n' ).at( -1 ) ?? '' ) as SmokeResult;
}
