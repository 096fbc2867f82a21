import type { Duplex } from 'node:stream';
import type { Client } from 'ssh2';
import { GatewayError } from '../errors.ts';
import { asSocket } from './as-socket.ts';
import { drop } from './exec.ts';
import { answerLimits, forwardError } from './forward-error.ts';
import { within } from './within.ts';

/** The server's sshd lets nobody look through its network; there may be another way to look. */
export class ForwardingForbidden extends Error {
	constructor() {
		super( 'forwarding_forbidden' );
		this.name = 'ForwardingForbidden';
	}
}

const administrativelyProhibited = 1;
const connectFailed = 2;

/** Opens TCP from the server's own network. See Remote.forward; besides ForwardingForbidden. */
export async function forward(
	client: Client,
	target: { host: string; port: number },
	{ signal }: { signal: AbortSignal }
): Promise< Duplex > {
	signal.throwIfAborted();
	const stream = Promise.withResolvers< Duplex >();
	let over = false;
	const fail = ( error: unknown ) => {
		over = true;
		stream.reject( error );
	};
	try {
		client.forwardOut( '127.0.0.1', 0, target.host, target.port, ( error, channel ) => {
			if ( error ) {
				return fail( channelError( error, target ) );
			}
			if ( over ) {
				return drop( channel );
			}
			stream.resolve( asSocket( channel ) );
		} );
	} catch {
		// ssh2 throws where the connection has ended already
		fail( new GatewayError( 'connection_lost' ) );
	}
	return within( answerLimits( target, signal ), stream.promise, fail );
}

function channelError( error: Error, target: { host: string; port: number } ): Error {
	const { reason } = error as Error & { reason?: unknown };
	if ( reason === administrativelyProhibited ) {
		return new ForwardingForbidden();
	}
	if ( reason !== connectFailed ) {
		return new GatewayError( 'connection_lost' );
	}
	return forwardError( error.message.replace( /^\(SSH\) Channel open failure: /, '' ), target );
}
