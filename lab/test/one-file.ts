// `npm run server-test` and `npm run journey`: the tests of one file on what `npm test` would build for all of them.
// It stays up for the next run; `down` ends it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { takeDown } from '../down.ts';
import { startMachines } from '../machines.ts';
import type { ServerKind } from '../servers/kinds.ts';
import { ensureSystemPackages } from '../system/packages.ts';
import { checkoutPath, labPath } from '../system/paths.ts';
import { whileNotInterrupted } from '../system/while-not-interrupted.ts';
import { bringUp } from '../up.ts';
import { jestCommand } from './jest-command.ts';
import { filesNamed, whyNotUnit } from './test-files.ts';

const log = ( line: string ) => console.log( line );
const signal = whileNotInterrupted();
const [ kind = '', file = '', ...options ] = process.argv.slice( 2 );
const command = kind === 'journey' ? 'npm run journey' : 'npm run server-test';

try {
	if ( file === 'down' ) {
		await takeDown( { log } );
	} else {
		const files = chosenFiles();
		const env = await ( kind === 'journey' ? wholeLab() : oneServer( kind as ServerKind ) );
		process.exitCode = await runJest( files, env );
	}
} catch ( error ) {
	console.error( ( error as Error ).message );
	process.exitCode = 1;
}

function chosenFiles(): string[] {
	if ( file === '' || file.startsWith( '-' ) ) {
		throw new Error( `Which file? ${ command } -- FILE [-t NAME], with a path or a part of one.` );
	}
	const other = kind === 'debian12' ? '.debian13.' : '.debian12.';
	const files = filesNamed( file ).filter(
		( found ) => whyNotUnit( found )?.includes( command ) && ! found.includes( other )
	);
	if ( files.length === 0 ) {
		throw new Error( `No test file for ${ command } has "${ file }" in its path.` );
	}
	return files;
}

async function oneServer( wanted: ServerKind ): Promise< Record< string, string > > {
	const { servers, withoutServers } = await startMachines( [ wanted ], { log, signal } );
	return { EMAIL_GATEWAY_TEST_SERVERS: await kept( 'servers.json', servers, withoutServers ) };
}

async function wholeLab(): Promise< Record< string, string > > {
	await ensureSystemPackages( [ 'chromium', 'fonts-dejavu-core' ], { log, signal } );
	const { status, withoutServers } = await bringUp( { servers: [ 'debian12', 'debian13' ] }, { log, signal } );
	return { EMAIL_GATEWAY_LAB_STATUS: await kept( 'status.json', status, withoutServers ) };
}

/** Writes what the tests read about their lab. */
async function kept( name: string, value: unknown, withoutServers: string | undefined ): Promise< string > {
	if ( withoutServers !== undefined ) {
		throw new Error( `There are no real servers: ${ withoutServers }` );
	}
	await mkdir( labPath, { recursive: true, mode: 0o700 } );
	const path = join( labPath, name );
	await writeFile( path, JSON.stringify( value ), { mode: 0o600 } );
	return path;
}

async function runJest( files: string[], ownEnv: Record< string, string > ): Promise< number > {
	const args = [ '--testPathIgnorePatterns=/node_modules/', '--runInBand', '--verbose' ];
	const { argv, env } = jestCommand( [ ...args, '--runTestsByPath', ...files, ...options ], ownEnv );
	const [ node = '', ...rest ] = argv;
	const [ code ] = await once( spawn( node, rest, { cwd: checkoutPath, env, stdio: 'inherit' } ), 'exit' );
	const end = `${ command } -- down${ kind === 'debian13' ? ' --debian13' : '' }`;
	log( `What it ran on stays up for the next time. To end it: ${ end }` );
	return ( code as number | null ) ?? 1;
}
