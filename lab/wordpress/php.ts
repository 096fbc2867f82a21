import { canInstallSystemPackages, ensureSystemPackages } from '../system/packages.ts';
import { tryRun, type Log } from '../system/run.ts';

/** A way to run PHP: the machine's own, or one in WebAssembly. */
export interface PhpRuntime {
	/** Where PHP sees the site; scripts take this for its path. */
	siteRoot: string;
	/** The command line that runs a script with arguments. */
	script( args: string[] ): string[];
	/** The command line and environment of a web server for the site, on loopback. */
	server( port: number ): { argv: string[]; env: NodeJS.ProcessEnv };
}

const extensions = [ 'sqlite3', 'pdo_sqlite', 'mysqli', 'curl', 'dom', 'mbstring', 'zip', 'sodium' ];
const packages = [ 'php-cli', 'php-sqlite3', 'php-mysql', 'php-curl', 'php-xml', 'php-mbstring', 'php-zip' ];

/**
 * Whether this machine has a PHP that can run WordPress; Debian's is installed where it may be.
 * False where there is none and none can be installed.
 */
export async function ensurePhp( options: { log: Log; signal: AbortSignal } ): Promise< boolean > {
	if ( ( await missingExtensions() ).length === 0 ) {
		return true;
	}
	if ( ! canInstallSystemPackages() ) {
		return false;
	}
	await ensureSystemPackages( packages, options );
	return ( await missingExtensions() ).length === 0;
}

async function missingExtensions(): Promise< string[] > {
	try {
		const { stdout } = await tryRun( [ 'php', '-m' ] );
		const loaded = new Set( stdout.toLowerCase().split( '\n' ) );
		return extensions.filter( ( extension ) => ! loaded.has( extension ) );
	} catch {
		return extensions;
	}
}
