import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { appendFileSync, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { makeApp } from '../src/app.ts';
import { readConfig } from '../src/config.ts';
import { GatewayError } from '../src/errors.ts';
import { makeServer } from '../src/http/server.ts';
import { work } from '../src/jobs/worker.ts';
import { listenForOperator } from '../src/operator-socket.ts';
import { bareFacts, makeFakeTools } from './fake-tools.ts';

// A backend as a process of its own, to be killed or to run twice. Its servers are fake: each host has one key, and
// what happens there is written line by line to the file `journal` in TEST_FOLDER. While `hold` is there, a change
// on a server waits; while `silent` is there, one host never answers.
const folder = String( process.env.TEST_FOLDER );
const silentHost = '203.0.113.66';
const told = ( line: string ) => appendFileSync( join( folder, 'journal' ), `${ line } ${ process.pid }\n` );
const fingerprintOf = ( host: string ) =>
	`SHA256:${ createHash( 'sha256' ).update( host ).digest( 'base64' ).slice( 0, 43 ) }`;

const { tools, remote } = makeFakeTools( {
	connect: async ( { host, pinnedFingerprint }, { signal } ) => {
		while ( host === silentHost && existsSync( join( folder, 'silent' ) ) ) {
			await delay( 50, undefined, { signal } );
		}
		const fingerprint = fingerprintOf( host );
		if ( pinnedFingerprint !== fingerprint ) {
			throw new GatewayError( 'host_key_unknown', { fingerprint, algorithm: 'ssh-ed25519' } );
		}
		return { ...remote, fingerprint };
	},
	look: async ( { fingerprint } ) => {
		told( `begin ${ fingerprint }` );
		await delay( 60 );
		told( `end ${ fingerprint }` );
		return bareFacts;
	},
	remove: async ( _remote, { jobId }, { signal, onStep } ) => {
		told( `remove ${ jobId }` );
		// a server numbers its steps, and tells all of them again to whoever attaches
		await onStep( 'snapshot', 'started', {}, 1 );
		await onStep( 'snapshot', 'finished', {}, 2 );
		while ( existsSync( join( folder, 'hold' ) ) ) {
			await delay( 50, undefined, { signal } );
		}
		await onStep( 'restore', 'started', {}, 3 );
		await onStep( 'restore', 'finished', {}, 4 );
		return { restored: 'exim4-daemon-light', savedQueue: null };
	},
} );

const config = readConfig( process.env );
const app = await makeApp( config, { tools } );
if ( config.role !== 'web' ) {
	await work( app );
}
if ( config.role !== 'worker' ) {
	await listenForOperator( app );
	await once( createServer( makeServer( app ) ).listen( config.port, config.host ), 'listening' );
}
process.once( 'SIGTERM', () => void app.close().then( () => process.exit( 0 ) ) );
process.stdout.write( 'ready\n' );
