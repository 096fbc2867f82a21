// One system's part of the runner `servers` (on-servers.ts), in a process and a lab of its own. Its kind is its first
// argument, `whole` may be the second; it sends its result to its parent.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { takeDown } from '../down.ts';
import { startMachines } from '../machines.ts';
import type { ServerKind } from '../servers/kinds.ts';
import { labPath } from '../system/paths.ts';
import { whileNotInterrupted } from '../system/while-not-interrupted.ts';
import { emptyLab } from './fresh-lab.ts';
import { jest } from './jest.ts';
import type { RunnerResult } from './report.ts';
import { runSafely } from './run-safely.ts';
import { serverFiles } from './server-files.ts';

const kind = process.argv[ 2 ] as ServerKind;
const whole = process.argv[ 3 ] === 'whole';
const log = ( line: string ) => console.log( `   [${ kind }] ${ line }` );
const signal = whileNotInterrupted();

process.send?.( await runSafely( testsOnServer, `could not run on ${ kind }` ) );

async function testsOnServer(): Promise< RunnerResult > {
	await emptyLab( { log } );
	try {
		const { servers } = await startMachines( [ kind ], { log, signal } );
		const file = join( labPath, 'servers.json' );
		await writeFile( file, JSON.stringify( servers ), { mode: 0o600 } );
		// One file after the other, for all of them use the same server.
		const args = [
			'--runTestsByPath',
			...serverFiles( kind, { whole } ),
			'--testPathIgnorePatterns=/node_modules/',
			'--runInBand',
			'--verbose',
		];
		return await jest( args, { env: { EMAIL_GATEWAY_TEST_SERVERS: file }, onLine: log, signal } );
	} finally {
		await takeDown( { log } );
	}
}
