import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { takeDown } from '../down.ts';
import { startMachines } from '../machines.ts';
import { labPath } from '../system/paths.ts';
import { runSample } from '../torture/sample.ts';
import { emptyLab } from './fresh-lab.ts';
import { jest } from './jest.ts';
import type { RunnerResult } from './report.ts';
import type { RunnerContext } from './runners.ts';

/** Said in the summary by every runner that wants real servers, when it was told to do without. */
export function leftOut(): RunnerResult | undefined {
	const isLeftOut = process.env[ 'EMAIL_GATEWAY_WITHOUT_SERVERS' ] === '1';
	const note = 'LEFT OUT: real servers, by EMAIL_GATEWAY_WITHOUT_SERVERS=1';
	return isLeftOut ? { passed: 0, failures: [], note } : undefined;
}

/** The backend's tests that need a real Debian 12 and a real Debian 13, fresh ones, but no WordPress; then a sample of the faults. */
export async function onServers( { log, signal }: RunnerContext ): Promise< RunnerResult > {
	const without = leftOut();
	if ( without !== undefined ) {
		return without;
	}
	await emptyLab( { log } );
	try {
		const { servers, withoutServers } = await startMachines( [ 'debian12', 'debian13' ], { log, signal } );
		if ( withoutServers !== undefined ) {
			throw new Error( `There are no real servers: ${ withoutServers }` );
		}
		const file = join( labPath, 'servers.json' );
		await writeFile( file, JSON.stringify( servers ), { mode: 0o600 } );
		// One file after the other, for all of them use both servers.
		const args = [
			'\\.server\\.test\\.ts$',
			'--testPathIgnorePatterns=/node_modules/',
			'--runInBand',
			'--verbose',
		];
		const tests = await jest( args, { env: { EMAIL_GATEWAY_TEST_SERVERS: file }, onLine: log, signal } );
		const sample = await runSample( { log, signal } );
		return {
			passed: tests.passed + sample.passed,
			failures: [ ...tests.failures, ...sample.failures ],
			note: `with ${ sample.passed + sample.failures.length } of the faults; all: npm run lab -- torture`,
		};
	} finally {
		await takeDown( { log } );
	}
}
