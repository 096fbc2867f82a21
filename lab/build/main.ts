import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkoutPath } from '../system/paths.ts';
import { backendRelease } from './backend-release.ts';
import { buildPluginAssets } from './plugin-assets.ts';
import { pluginZip } from './plugin-zip.ts';
import { writePot } from './pot.ts';

const dist = join( checkoutPath, 'dist' );
const pluginDir = join( checkoutPath, 'plugin' );
const interrupted = new AbortController();
process.on( 'SIGINT', () => interrupted.abort( new Error( 'Interrupted.' ) ) );

try {
	await mkdir( dist, { recursive: true } );
	await buildPluginAssets( interrupted.signal );
	await writePot( pluginDir );
	await writeFile( join( dist, 'email-gateway.zip' ), await pluginZip( pluginDir ) );
	console.log( 'dist/email-gateway.zip   upload it at Plugins → Add New → Upload Plugin' );
	await backendRelease( join( dist, 'backend' ), { signal: interrupted.signal } );
	console.log( 'dist/backend/            copy it to a machine with Node 24 or newer; node src/main.ts' );
} catch ( error ) {
	console.error( ( error as Error ).message );
	process.exitCode = 1;
}
