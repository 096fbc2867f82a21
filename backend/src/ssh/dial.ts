import { connect as connectTcp, type Socket } from 'node:net';
import { once } from 'node:events';
import { GatewayError } from '../errors.ts';
import { connectError } from './connect-error.ts';

/**
 * Opens TCP to the first of some address literals that answers.
 * Errors: server_unreachable, server_timed_out (10 s an address), and the signal's reason.
 */
export async function dial(
	addresses: readonly string[],
	options: { host: string; port: number; signal: AbortSignal }
): Promise< Socket > {
	const { host, port, signal } = options;
	let last: unknown = new GatewayError( 'server_unreachable', { host, port } );
	for ( const address of addresses ) {
		signal.throwIfAborted();
		const timeout = AbortSignal.timeout( 10_000 );
		const socket = connectTcp( { host: address, port, autoSelectFamily: false } );
		try {
			await once( socket, 'connect', { signal: AbortSignal.any( [ signal, timeout ] ) } );
			return socket;
		} catch ( error ) {
			socket.on( 'error', () => {} ).destroy();
			signal.throwIfAborted();
			last = timeout.aborted
				? new GatewayError( 'server_timed_out', { host, port, stage: 'tcp' } )
				: connectError( error, { host, port } );
		}
	}
	throw last;
}
