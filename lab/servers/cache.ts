import { mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { aptProxy } from '../system/apt-sources.ts';
import { labPath } from '../system/paths.ts';
import { startProcess } from '../system/processes.ts';

const cachePath = join( labPath, 'apt-cache' );
const port = 3142;

/**
 * Starts the package cache that the servers' apt goes through, on the host's end of their network only.
 *
 * @param  hostAddress the bridge's address
 * @return its address as an http proxy
 */
export async function startPackageCache( hostAddress: string ): Promise< string > {
	const configPath = join( cachePath, 'config' );
	mkdirSync( configPath, { recursive: true } );
	mkdirSync( join( cachePath, 'packages' ), { recursive: true } );
	const upstream = await aptProxy();
	const settings = [
		`BindAddress: ${ hostAddress }`,
		`Port: ${ port }`,
		`CacheDir: ${ join( cachePath, 'packages' ) }`,
		`LogDir: ${ join( cachePath, 'log' ) }`,
		`PidFile: ${ join( cachePath, 'pid' ) }`,
		'SupportDir: /usr/lib/apt-cacher-ng',
		'ForeGround: 1',
		// Packages never go stale; this only keeps the cache from growing for ever.
		'ExThreshold: 30',
		...( upstream ? [ `Proxy: ${ upstream }` ] : [] ),
	];
	writeFileSync( join( configPath, 'acng.conf' ), settings.join( '\n' ) + '\n' );
	mkdirSync( join( cachePath, 'log' ), { recursive: true } );
	await startProcess( 'apt-cache', [ 'apt-cacher-ng', '-c', configPath ], {
		logFile: join( cachePath, 'log', 'output.log' ),
	} );
	await waitForPort( hostAddress, port, 15_000 );
	return `http://${ hostAddress }:${ port }`;
}

/**
 * Waits until something accepts connections.
 *
 * @throws when nothing does within `timeoutMs`
 */
export async function waitForPort(
	host: string,
	portNumber: number,
	timeoutMs: number,
	signal?: AbortSignal
): Promise< void > {
	const deadline = Date.now() + timeoutMs;
	while ( ! ( await accepts( host, portNumber ) ) ) {
		if ( Date.now() > deadline ) {
			throw new Error( `Nothing answers at ${ host }:${ portNumber }.` );
		}
		await sleep( 150, undefined, { signal } );
	}
}

function accepts( host: string, portNumber: number ): Promise< boolean > {
	return new Promise( ( done ) => {
		const socket = connect( { host, port: portNumber, timeout: 1000 } );
		const end = ( answer: boolean ) => {
			socket.destroy();
			done( answer );
		};
		socket.once( 'connect', () => end( true ) );
		socket.once( 'timeout', () => end( false ) );
		socket.once( 'error', () => end( false ) );
	} );
}
