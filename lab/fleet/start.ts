import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { labPath, logPath } from '../system/paths.ts';
import { runningProcess, startProcess, stopProcess } from '../system/processes.ts';
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

/** From now on mail waits on each server that has a gateway: it is looked at each minute. */
export const letMailWait = (): Promise< void > => tellFleet( 'SIGUSR2' );

/** Every tenth server takes connections and answers nothing from now on; or answers again. */
export const hangOrAnswer = (): Promise< void > => tellFleet( 'SIGHUP' );

/** How many programs all servers have run, a second ago at most. */
export const programsRun = (): number => Number( readFileSync( join( labPath, 'fleet.json.programs' ), 'utf8' ) );

async function tellFleet( signal: NodeJS.Signals ): Promise< void > {
	const { pid } = ( await runningProcess( name ) ) ?? {};
	if ( pid === undefined ) {
		throw new Error( 'The fleet does not run.' );
	}
	process.kill( pid, signal );
}
