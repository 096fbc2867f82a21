// Runs on the system's Node (>= 20) before anything of ours is installed: node builtins only.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Installs the npm packages of the lockfile when what lies in node_modules is something else.
 *
 * @param {string} root The checkout, an absolute path.
 * @return {string | undefined} Why they could not be installed, or undefined when they are there.
 */
export function ensureNpmPackages( root ) {
	const missing = firstMissingPackage( root );
	if ( missing === undefined ) {
		return undefined;
	}
	process.stderr.write( `Installing npm packages (${ missing } is not there as the lockfile says) …\n` );
	const result = spawnSync( 'npm', [ 'ci', '--no-audit', '--no-fund', '--loglevel=error' ], {
		cwd: root,
		stdio: [ 'ignore', 'inherit', 'inherit' ],
	} );
	if ( result.error ) {
		return `npm could not be run: ${ result.error.message }`;
	}
	return result.status === 0 ? undefined : `npm ci ended with status ${ result.status }.`;
}

/** npm's own record of what it installed is compared, so a plain `npm install` counts as well. */
function firstMissingPackage( root ) {
	const installedFile = join( root, 'node_modules', '.package-lock.json' );
	if ( ! existsSync( installedFile ) ) {
		return 'node_modules';
	}
	const wanted = readPackages( join( root, 'package-lock.json' ) );
	const installed = readPackages( installedFile );
	for ( const [ path, entry ] of Object.entries( wanted ) ) {
		const belongsElsewhere = ! path.startsWith( 'node_modules/' ) && ! path.includes( '/node_modules/' );
		if ( belongsElsewhere || entry.link || entry.optional || entry.devOptional || entry.peer ) {
			continue;
		}
		if ( installed[ path ]?.version !== entry.version ) {
			return path;
		}
	}
	return undefined;
}

function readPackages( file ) {
	return JSON.parse( readFileSync( file, 'utf8' ) ).packages ?? {};
}
