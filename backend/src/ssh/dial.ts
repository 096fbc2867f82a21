import { connect as connectTcp, type Socket } from 'node:net';
import { once } from 'node:events';
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
		const giveUp = ( error: unknown ) => void socket.destroy( error as Error );
		try {
			await within(
				{ signal, timeoutMs: 10_000, detail: { host, port, stage: 'tcp' } },
				once( socket, 'connect' ),
				giveUp
			);
			return socket;
		} catch ( error ) {
			socket.on( 'error', () => {} ).destroy();
			signal.throwIfAborted();
			last = connectError( error, { host, port } );
		}
	}
	throw last ?? new GatewayError( 'server_unreachable', { host, port } );
}
