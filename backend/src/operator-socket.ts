import { once } from 'node:events';
import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { App } from './app.ts';
import { inspect } from './db/inspect.ts';
import { instance } from './instance.ts';
import { makePairingCode } from './db/pairing-codes.ts';
import { Refusal } from './doctor/finding.ts';
import { checkDataFolder } from './doctor/this-machine.ts';
import { pageOfAudit, verify } from './operator-audit.ts';
import { operatorSocket } from './operator-socket-path.ts';
import { endSite, expireSite, listSites } from './operator-sites.ts';

/** Answers what only whoever runs the backend may ask, on a socket that only the backend's own user can open. */
export async function listenForOperator( {
	audience,
	config,
	database,
	db,
	log,
	secrets,
	vault,
}: Pick< App, 'audience' | 'config' | 'database' | 'db' | 'log' | 'secrets' | 'vault' > ): Promise< Server > {
	const answers: Record< string, ( asked: URLSearchParams ) => Promise< object > > = {
		'/sites': () => listSites( { db, vault } ),
		'/revoke-site': ( asked ) => endSite( { db, vault }, asked ),
		'/expire-site': ( asked ) => expireSite( { db, vault }, asked ),
		'/pairing-code': async () => ( { address: audience, ...( await makePairingCode( db, vault ) ) } ),
		'/audit': ( asked ) => pageOfAudit( { db }, asked ),
		'/verify-audit': ( asked ) => verify( { db, vault }, asked ),
		'/state': async () => ( { instance, inspection: await inspect( db, vault ) } ),
		'/snapshot': async () => ( { path: await database.snapshot() } ),
		'/reseal': async () => ( { resealed: await secrets.reseal( db ) } ),
	};
	const path = operatorSocket( config.dataDir );
	const folder = checkDataFolder( config );
	if ( folder.state === 'problem' ) {
		throw new Refusal( folder );
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
