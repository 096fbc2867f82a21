import { run, tryRun, type Finished } from '../system/run.ts';
import type { PhpRuntime } from './php.ts';

export interface WpCli {
	/** Runs `wp ARGS` in the site and returns what it printed; throws CommandError when it fails. */
	( args: string[], options?: { stdin?: string } ): Promise< string >;
	/** The same, but a failure is an answer as well. */
	attempt( args: string[], options?: { stdin?: string } ): Promise< Finished >;
}

/** WP-CLI for the site that the PHP sees; the signal ends what runs. */
export function wpCli( { phar, php, signal }: { phar: string; php: PhpRuntime; signal: AbortSignal } ): WpCli {
	const asRoot = process.getuid?.() === 0 ? [ '--allow-root' ] : [];
	const argv = ( args: string[] ) =>
		php.script( [ phar, `--path=${ php.siteRoot }`, '--no-color', ...asRoot, ...args ] );
	const wp = ( args: string[], { stdin = '' } = {} ) => run( argv( args ), { input: stdin, signal } );
	const attempt = ( args: string[], { stdin = '' } = {} ) => tryRun( argv( args ), { input: stdin, signal } );
	return Object.assign( wp, { attempt } );
}
