// Runs on the system's Node (>= 20): node builtins only.
import { spawn, spawnSync } from 'node:child_process';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureNpmPackages } from './npm-packages.mjs';

const root = dirname( dirname( dirname( fileURLToPath( import.meta.url ) ) ) );
const wantedMajor = 24;

/**
 * Runs one of the lab's TypeScript files on the pinned Node, with our arguments and our terminal,
 * passes signals on, and ends as it ends.
 *
 * @param {string}   file Path of the .ts file, relative to the checkout.
 * @param {string[]} args Its arguments; ours unless told.
 */
export function runPinned( file, args = process.argv.slice( 2 ) ) {
	const problem = ensureNpmPackages( root ) ?? pinnedNodeProblem();
	if ( problem !== undefined ) {
		process.stderr.write( `${ problem }\n` );
		process.exit( 1 );
	}
	const child = spawn( pinnedNode(), [ join( root, file ), ...args ], {
		cwd: root,
		stdio: 'inherit',
		// Tools that start `node` by name must find the pinned one too.
		env: { ...process.env, PATH: `${ join( root, 'node_modules', '.bin' ) }${ delimiter }${ process.env.PATH }` },
	} );
	for ( const signal of [ 'SIGINT', 'SIGTERM', 'SIGHUP' ] ) {
		process.on( signal, () => child.kill( signal ) );
	}
	child.on( 'error', ( error ) => {
		process.stderr.write( `The pinned Node could not be started: ${ error.message }\n` );
		process.exit( 1 );
	} );
	child.on( 'exit', ( code, signal ) => process.exit( code ?? 128 + ( constants.signals[ signal ] ?? 0 ) ) );
}

function pinnedNode() {
	return join( root, 'node_modules', '.bin', 'node' );
}

function pinnedNodeProblem() {
	const result = spawnSync( pinnedNode(), [ '--version' ], { encoding: 'utf8' } );
	const version = result.stdout?.trim();
	if ( version?.startsWith( `v${ wantedMajor }.` ) ) {
		return undefined;
	}
	const found = version ? `it says ${ version }` : 'it does not start';
	return `Node ${ wantedMajor } comes as the npm package "node", but ${ found }. Its install script has to run once: npm rebuild node`;
}
