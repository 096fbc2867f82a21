import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { takeDown } from '../down.ts';
import { ensureSystemPackages } from '../system/packages.ts';
import { labPath } from '../system/paths.ts';
import { bringUp } from '../up.ts';
import { emptyLab } from './fresh-lab.ts';
import { jest } from './jest.ts';
import { journeyFiles, leftOutNote } from './journey-files.ts';
import { leftOut } from './on-servers.ts';
import type { RunnerResult } from './report.ts';
import type { RunnerContext } from './runners.ts';

/** A browser against a whole lab of its own with a Debian 12 and a Debian 13. */
export async function journeys( { log, signal, whole = false }: RunnerContext ): Promise< RunnerResult > {
	const without = leftOut();
	if ( without !== undefined ) {
		return without;
	}
	await ensureSystemPackages( [ 'chromium', 'fonts-dejavu-core' ], { log, signal } );
	await emptyLab( { log } );
	await mkdir( labPath, { recursive: true, mode: 0o700 } );
	const statusFile = join( labPath, 'status.json' );
	try {
		const { status, withoutServers } = await bringUp( { servers: [ 'debian12', 'debian13' ] }, { log, signal } );
		if ( status === undefined || withoutServers !== undefined ) {
			throw new Error( `There are no real servers: ${ withoutServers ?? 'the lab is not up' }` );
		}
		await writeFile( statusFile, JSON.stringify( status ), { mode: 0o600 } );
		const args = [
			'--runTestsByPath',
			...journeyFiles( { whole } ),
			'--testPathIgnorePatterns=/node_modules/',
			'--runInBand',
			'--verbose',
		];
		const result = await jest( args, { env: { EMAIL_GATEWAY_LAB_STATUS: statusFile }, onLine: log, signal } );
		return whole ? result : { ...result, note: leftOutNote };
	} finally {
		await takeDown( { log } );
	}
}
