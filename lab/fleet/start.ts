import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { labPath, logPath } from '../system/paths.ts';
import { startProcess, stopProcess } from '../system/processes.ts';
import { waitUntil } from '../wait.ts';
import type { SimulatedServer } from './simulated-server.ts';

/** Below the ports that the system gives out, above those of a lab's services. */
const firstPort = 12_000;
const name = 'fleet';

/** Starts simulated servers on 127.0.0.1, one port each, in a process of their own. */
export async function startFleet( count: number, signal: AbortSignal ): Promise< SimulatedServer[] > {
	const file = join( labPath, 'fleet.json' );
	mkdirSync( labPath, { recursive: true, mode: 0o700 } );
	rmSync( file, { force: true } );
	const main = join( import.meta.dirname, 'main.ts' );
	await startProcess( name, [ process.execPath, main, `${ count }`, `${ firstPort }`, file ], {
		logFile: join( logPath, 'fleet.log' ),
	} );
	await waitUntil( `${ count } simulated servers`, async () => existsSync( file ), { timeoutMs: 60_000, signal } );
	return JSON.parse( readFileSync( file, 'utf8' ) ) as SimulatedServer[];
}

export const stopFleet = (): Promise< void > => stopProcess( name, { graceMs: 1_000 } );
