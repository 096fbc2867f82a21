import { stopAlerts } from './alerts/start.ts';
import { withLabLock } from './lock.ts';
import { stopProvider } from './provider/start.ts';
import { stopServers } from './servers/server.ts';
import { readState, writeState } from './state.ts';
import { recordedProcesses, stopProcess } from './system/processes.ts';
import type { Log } from './system/run.ts';

/** In this order, so that nobody asks somebody who is gone. */
const processes = [ 'webpack', 'wordpress', 'backend', 'postgres', 'mariadb' ];

/** Faults are tried on backends of several processes. */
const isBackend = ( name: string ) => name.startsWith( 'backend-' );

/** Ends everything this lab started and keeps its data. Nothing running: nothing to do. */
export function takeDown( { log }: { log: Log } ): Promise< void > {
	return withLabLock( async () => {
		log( 'Stopping the lab …' );
		await stopEverything();
	} );
}

/** The same for one who holds the lab's lock already. */
export async function stopEverything(): Promise< void > {
	for ( const name of [ ...recordedProcesses().filter( isBackend ), ...processes ] ) {
		await stopProcess( name );
	}
	await stopAlerts();
	await stopProvider();
	await stopServers();
	const state = readState();
	if ( state !== undefined ) {
		const { status: _gone, ...kept } = state;
		writeState( kept );
	}
}
