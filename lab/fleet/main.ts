// A fleet of simulated servers as a process of its own: node lab/fleet/main.ts COUNT FIRST_PORT FILE
import { renameSync, writeFileSync } from 'node:fs';
import { startSimulatedServer, type SimulatedServer } from './simulated-server.ts';

const [ count = '0', firstPort = '0', file = '' ] = process.argv.slice( 2 );
const servers: SimulatedServer[] = [];
for ( let index = 0; index < Number( count ); index++ ) {
	const { port, hostKey, fingerprint } = await startSimulatedServer( index, Number( firstPort ) + index );
	servers.push( { port, hostKey, fingerprint } );
}
// renamed into place: whoever finds it finds all of it
writeFileSync( `${ file }.new`, JSON.stringify( servers ) );
renameSync( `${ file }.new`, file );
process.on( 'SIGTERM', () => process.exit( 0 ) );
