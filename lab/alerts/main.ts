// The receiver of alerts as a process of its own: node lab/alerts/main.ts CONFIG.json CERTIFICATE KEY
import { readFileSync } from 'node:fs';
import { runReceiver, type ReceiverConfig } from './receiver.ts';

const [ configFile = '', cert = '', key = '' ] = process.argv.slice( 2 );
const config = JSON.parse( readFileSync( configFile, 'utf8' ) ) as ReceiverConfig;
const receiver = await runReceiver( config, { cert: readFileSync( cert ), key: readFileSync( key ) } );
console.log( `${ new Date().toISOString() } up, ${ receiver.listUrl }` );
process.on( 'SIGTERM', () => void receiver.stop().then( () => process.exit( 0 ) ) );
