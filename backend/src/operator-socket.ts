import { once } from 'node:events';
import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import type { App } from './app.ts';
import { makePairingCode } from './db/pairing-codes.ts';
import { pageOfAudit, verify } from './operator-audit.ts';
import { endSite, expireSite, listSites } from './operator-sites.ts';

/** Where the running backend can be asked by whoever may read its data folder. */
export const operatorSocket = ( dataDir: string ) => join( dataDir, 'operator.sock' );

/** Answers what only whoever runs the backend may ask, on a socket that only the backend's own user can open. */
export async function listenForOperator( {
	config,
	db,
	log,
	secrets,
	vault,
}: Pick< App, 'config' | 'db' | 'log' | 'secrets' | 'vault' > ): Promise< Server > {
	const answers: Record< string, ( asked: URLSearchParams ) => Promise< object > > = {
		'/sites': () => listSites( { db, vault } ),
		'/revoke-site': ( asked ) => endSite( { db, vault }, asked ),
		'/expire-site': ( asked ) => expireSite( { db, vault }, asked ),
		'/pairing-code': () => makePairingCode( db, vault ),
		'/audit': ( asked ) => pageOfAudit( { db }, asked ),
		'/verify-audit': ( asked ) => verify( { db, vault }, asked ),
		'/reseal': async () => ( { resealed: await secrets.reseal( db ) } ),
	};
	const path = operatorSocket( config.dataDir );
	if ( Buffer.byteLength( path ) > 107 ) {
		throw new Error( `EMAIL_GATEWAY_DATA_DIR: ${ config.dataDir } is too long a path for the socket in it.` );
	}
	const server = createServer( ( request, response ) => {
		const { pathname: url, searchParams } = new URL( request.url ?? '', 'http://operator' );
		if ( request.method !== 'POST' || ! Object.hasOwn( answers, url ) ) {
			response.writeHead( 404 ).end();
			return;
		}
		answers[ url ]?.( searchParams ).then(
			( answer ) => response.end( JSON.stringify( answer ) ),
			( error ) => {
				log.error( { err: error, asked: url }, 'the operator got no answer' );
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
