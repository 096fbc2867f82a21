import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkoutPath } from '../system/paths.ts';
import { backendRelease } from './backend-release.ts';
import { deb, debName } from './deb.ts';
import { buildPluginAssets } from './plugin-assets.ts';
import { pluginZip } from './plugin-zip.ts';
import { writePot } from './pot.ts';
import { releaseTime } from './prune.ts';
import { writeTranslations } from './translations.ts';
import { version } from './version.ts';

const dist = join( checkoutPath, 'dist' );
const pluginDir = join( checkoutPath, 'plugin' );
const interrupted = new AbortController();
process.on( 'SIGINT', () => interrupted.abort( new Error( 'Interrupted.' ) ) );

try {
	await mkdir( dist, { recursive: true } );
	await buildPluginAssets( interrupted.signal );
	await writePot( pluginDir );
	await writeTranslations( pluginDir );
	await writeFile( join( dist, 'email-gateway.zip' ), await pluginZip( pluginDir ) );
	console.log( 'dist/email-gateway.zip   upload it at Plugins → Add New → Upload Plugin' );
	await backendRelease( join( dist, 'backend' ), { signal: interrupted.signal } );
	console.log( 'dist/backend/            copy it to a machine with Node 24 or newer; bin/email-gateway' );
	const name = debName( version() );
	const release = { release: join( dist, 'backend' ), version: version(), madeAt: await releaseTime( checkoutPath ) };
	for ( const older of ( await readdir( dist ) ).filter( ( file ) => file.endsWith( '.deb' ) ) ) {
		await rm( join( dist, older ) );
	}
	await writeFile( join( dist, name ), await deb( release ) );
	console.log( `dist/${ name }   apt install ./${ name }` );
	await writeFile( join( dist, 'SHA256SUMS' ), await sums( [ 'email-gateway.zip', name ] ) );
	console.log( 'dist/SHA256SUMS          sha256sum --check SHA256SUMS' );
} catch ( error ) {
	console.error( ( error as Error ).message );
	process.exitCode = 1;
}

/** As `sha256sum` prints and checks them. */
async function sums( names: string[] ): Promise< string > {
	const lines = names.map( async ( name ) => {
		const digest = createHash( 'sha256' )
			.update( await readFile( join( dist, name ) ) )
			.digest( 'hex' );
		return `${ digest }  ${ name }\n`;
	} );
	return ( await Promise.all( lines ) ).join( '' );
}
