// The provider, and the DNS that knows its name, as a process of its own: node lab/provider/main.ts CONFIG.json
import { readFileSync } from 'node:fs';
import { runProvider, type ProviderConfig } from './provider.ts';

const [ configFile = '' ] = process.argv.slice( 2 );
const config: ProviderConfig = JSON.parse( readFileSync( configFile, 'utf8' ) );
const provider = await runProvider( config );
console.log( `${ new Date().toISOString() } up at ${ config.smtp.address }, inbox ${ provider.inboxUrl }` );
process.on( 'SIGTERM', () => void provider.stop().then( () => process.exit( 0 ) ) );
