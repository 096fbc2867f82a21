import { connect as connectTcp, type Socket } from 'node:net';
import { GatewayError } from '../errors.ts';
import { connectError } from './connect-error.ts';
import { within } from './within.ts';

/**
 * Opens TCP to the first of some address literals that answers.
 * Errors: server_unreachable, server_timed_out (10 s an address), and the signal's reason.
 */
export async function dial(
	addresses: readonly string[],
	options: { host: string; port: number; signal: AbortSignal }
): Promise< Socket > {
	const { host, port, signal } = options;
	let last: unknown;
	for ( const address of addresses ) {
		signal.throwIfAborted();
		const socket = connectTcp( { host: address, port, autoSelectFamily: false } );
		const connected = Promise.withResolvers< void >();
		socket.once( 'connect', connected.resolve ).on( 'error', connected.reject );
		const detail = { host, port, stage: 'tcp' };
		try {
			await within( { signal, timeoutMs: 10_000, detail }, connected.promise, connected.reject );
			return socket;
		} catch ( error ) {
			socket.destroy();
			signal.throwIfAborted();
			last = connectError( error, { host, port } );
		}
	}
	throw last ?? new GatewayError( 'server_unreachable', { host, port } );
}
