// A fleet of simulated servers as a process of its own: node lab/fleet/main.ts COUNT FIRST_PORT FILE
import { renameSync, writeFileSync } from 'node:fs';
import { startSimulatedServer, type SimulatedServer } from './simulated-server.ts';

const [ count = '0', firstPort = '0', file = '' ] = process.argv.slice( 2 );
const servers: SimulatedServer[] = [];
const weather = { waiting: 0 };
let tenthHangs = false;
let programs = 0;
for ( let index = 0; index < Number( count ); index++ ) {
	const life = { weather, isHanging: () => tenthHangs && index % 10 === 9, onRun: () => void programs++ };
	const { port, hostKey, fingerprint } = await startSimulatedServer( index, Number( firstPort ) + index, life );
	servers.push( { port, hostKey, fingerprint } );
}
// renamed into place: whoever finds it finds all of it
writeFileSync( `${ file }.new`, JSON.stringify( servers ) );
renameSync( `${ file }.new`, file );
/** What changes while it runs (start.ts), and how many programs were run. */
process.on( 'SIGUSR2', () => void ( weather.waiting = 3 ) );
process.on( 'SIGHUP', () => void ( tenthHangs = ! tenthHangs ) );
setInterval( () => writeFileSync( `${ file }.programs`, String( programs ) ), 1000 );
process.on( 'SIGTERM', () => process.exit( 0 ) );
