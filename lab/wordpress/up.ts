import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { labPort } from '../network/addresses.ts';
import { checkoutPath, labPath, logPath } from '../system/paths.ts';
import { startProcess } from '../system/processes.ts';
import type { Log } from '../system/run.ts';
import { answers, waitUntil } from '../wait.ts';
import { ensureWordPressFiles } from './files.ts';
import { installFolders, installWordPress, type SiteUsers } from './install.ts';
import { ensurePhp } from './php.ts';
import { playground } from './playground.ts';
import { ensureSite } from './site.ts';
import { systemPhp } from './system-php.ts';
import { wpCli, type WpCli } from './wp-cli.ts';
import type { WordPressDatabase } from './wp-config.ts';

export interface RunningWordPress {
	url: string;
	wp: WpCli;
}

/** Starts the lab's WordPress with our plugin active, or takes the one that runs. Answers when it does. */
export async function startWordPress( options: {
	database: WordPressDatabase;
	users: SiteUsers;
	log: Log;
	signal: AbortSignal;
} ): Promise< RunningWordPress > {
	const { database, users, log, signal } = options;
	const hasPhp = await ensurePhp( { log, signal } );
	const files = await ensureWordPressFiles( log );
	const siteDir = join( labPath, 'wordpress' );
	const pluginDir = join( checkoutPath, 'plugin' );
	const port = labPort( labPath, 'wordpress' );
	const url = `http://127.0.0.1:${ port }`;
	await mkdir( logPath, { recursive: true } );
	await ensureSite( { files, siteDir, pluginDir, url, database, debugLog: join( logPath, 'wordpress.log' ) } );
	const setupDir = join( labPath, 'wordpress-setup' );
	await mkdir( setupDir, { recursive: true, mode: 0o700 } );
	const others = [
		files.dir,
		logPath,
		...installFolders( setupDir ),
		...( database.kind === 'sqlite' ? [ database.dir ] : [] ),
	];
	const php = hasPhp ? systemPhp( siteDir ) : await playground( { siteDir, pluginDir, others }, { log, signal } );
	const wp = wpCli( { phar: files.wpCli, php, signal } );
	await installWordPress( wp, { url, users, setupDir } );
	const { argv, env } = php.server( port );
	await startProcess( 'wordpress', argv, { env, cwd: siteDir, logFile: join( logPath, 'wordpress-server.log' ) } );
	await waitUntil( 'An answer of WordPress', () => answers( `${ url }/wp-login.php` ), {
		timeoutMs: 60_000,
		signal,
	} );
	return { url, wp };
}
