import { join } from 'node:path';
import type { PhpRuntime } from './php.ts';

/** The machine's own PHP. Its built-in server takes four requests at a time. */
export function systemPhp( siteDir: string ): PhpRuntime {
	const router = join( import.meta.dirname, 'router.php' );
	return {
		siteRoot: siteDir,
		script: ( args ) => [ 'php', ...settings( { display_errors: 'stderr', memory_limit: '512M' } ), ...args ],
		server: ( port ) => ( {
			argv: [ 'php', ...settings( serverSettings ), '-S', `127.0.0.1:${ port }`, '-t', siteDir, router ],
			env: { ...process.env, PHP_CLI_SERVER_WORKERS: '4' },
		} ),
	};
}

const serverSettings = {
	'opcache.enable_cli': '1',
	'opcache.revalidate_freq': '0',
	memory_limit: '256M',
	upload_max_filesize: '32M',
	post_max_size: '32M',
	display_errors: '0',
	expose_php: '0',
	// The lab's WordPress has no mail system, and must not pretend to.
	sendmail_path: 'false',
};

function settings( values: Record< string, string > ): string[] {
	return Object.entries( values ).flatMap( ( [ name, value ] ) => [ '-d', `${ name }=${ value }` ] );
}
