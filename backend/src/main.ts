import './threads.ts';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { listenForOperator } from './operator-socket.ts';
import { makeApp } from './app.ts';
import { readConfig, type Config } from './config.ts';
import { refuseBroken } from './doctor/doctor.ts';
import { Refusal } from './doctor/finding.ts';
import { dropOldNonces } from './db/nonces.ts';
import { makeHttpServer } from './http/http-server.ts';
import { makeServer } from './http/server.ts';
import { lookForPulse } from './jobs/pulse.ts';
import { makeCertificateWatch } from './jobs/provider-certificates.ts';
import { work } from './jobs/worker.ts';
import { startLoop } from './watch/loop.ts';

/** Starts what the role says, and stops it cleanly: no new requests, running jobs let go, the database closed. */
async function main(): Promise< void > {
	const config = readOrRefuse();
	refuseBroken( config );
	const app = await makeApp( config );
	const { log } = app;
	const servers: Server[] = [];
	if ( config.role !== 'web' ) {
		await work( app );
	}
	const pulse =
		config.role === 'web'
			? null
			: startLoop(
					app,
					( watch, signal ) => lookForPulse( app, watch, signal ),
					{},
					makeCertificateWatch( app )
			  );
	if ( config.role !== 'worker' ) {
		servers.push( await listenForOperator( app ) );
		const server = makeHttpServer( makeServer( app ) );
		await once( server.listen( config.port, config.host ), 'listening' );
		servers.push( server );
		log.info( { address: server.address(), audience: app.audience }, 'listening' );
	}
	const sweep = setInterval(
		() =>
			void dropOldNonces( app.db ).catch( ( error ) => {
				if ( ! app.database.outage.noticed( error ) ) {
					log.warn( { err: error }, 'sweep failed' );
				}
			} ),
		60_000
	);
	log.info( { role: config.role, database: app.database.kind, node: process.version }, 'started' );

	const stop = async ( signal: string ) => {
		log.info( { signal }, 'stopping' );
		// whatever hangs must not keep a supervisor waiting
		setTimeout( () => process.exit( 1 ), 25_000 ).unref();
		clearInterval( sweep );
		await Promise.all( [ ...servers.map( close ), pulse?.stop() ] );
		if ( config.snapshotMinutes ) {
			const signal = AbortSignal.timeout( 10_000 );
			await app.database
				.snapshot( { signal } )
				.catch( ( error ) => log.warn( { err: error }, 'no snapshot was taken at the stop' ) );
		}
		await app.close();
		log.info( 'stopped' );
		process.exit( 0 );
	};
	process.once( 'SIGTERM', stop ).once( 'SIGINT', stop );
}

/** Errors: Refusal. */
function readOrRefuse(): Config {
	try {
		return readConfig( process.env );
	} catch ( error ) {
		throw new Refusal( { told: ( error as Error ).message } );
	}
}

async function close( server: Server ): Promise< void > {
	const closed = new Promise( ( resolve ) => server.close( resolve ) );
	server.closeIdleConnections?.();
	setTimeout( () => server.closeAllConnections?.(), 2000 ).unref();
	await closed;
}

main().catch( ( error: unknown ) => {
	process.stderr.write( `${ error instanceof Error ? error.message : String( error ) }\n` );
	if ( process.env.LOG_LEVEL === 'debug' && error instanceof Error ) {
		process.stderr.write( `${ error.stack }\n` );
	}
	// EX_CONFIG: the unit does not start again what would end the same way
	process.exit( error instanceof Refusal ? 78 : 1 );
} );
