import { once } from 'node:events';
import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import type { App } from './app.ts';
import { makePairingCode } from './db/pairing-codes.ts';

/** Where the running backend can be asked by whoever may read its data folder. */
export const operatorSocket = ( dataDir: string ) => join( dataDir, 'operator.sock' );

/** Answers `POST /pairing-code` on a socket that only the backend's own user can open. */
export async function listenForOperator( {
	config,
	db,
	log,
}: Pick< App, 'config' | 'db' | 'log' > ): Promise< Server > {
	const path = operatorSocket( config.dataDir );
	if ( Buffer.byteLength( path ) > 107 ) {
		throw new Error( `EMAIL_GATEWAY_DATA_DIR: ${ config.dataDir } is too long a path for the socket in it.` );
	}
	const server = createServer( ( request, response ) => {
		if ( request.method !== 'POST' || request.url !== '/pairing-code' ) {
			response.writeHead( 404 ).end();
			return;
		}
		makePairingCode( db ).then(
			( code ) => response.end( JSON.stringify( code ) ),
			( error ) => {
				log.error( { err: error }, 'pairing code failed' );
				response.writeHead( 500 ).end();
			}
		);
	} );
	// one left by a killed process; a living one holds the lock of the folder or shares this socket's place
	rmSync( path, { force: true } );
	await once( server.listen( path ), 'listening' );
	chmodSync( path, 0o600 );
	return server;
}
