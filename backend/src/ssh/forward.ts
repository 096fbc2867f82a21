import type { Duplex } from 'node:stream';
import type { Client, ClientChannel } from 'ssh2';
import type { Cause, ErrorCode } from '@email-gateway/shared';
import { GatewayError } from '../errors.ts';
import { excerpt } from './text.ts';

/** The server's sshd lets nobody look through its network; there may be another way to look. */
export class ForwardingForbidden extends Error {
	constructor() {
		super( 'forwarding_forbidden' );
		this.name = 'ForwardingForbidden';
	}
}

const administrativelyProhibited = 1;
const connectFailed = 2;
/** A connection that is answered by nothing within this time was dropped on its way. */
export const answerTimeoutMs = 8_000;

/** What OpenSSH writes into a failed channel, and bash to stderr, in the C locale: strerror(3) and gai_strerror(3) of the server. */
const rows: readonly { text: RegExp; code: ErrorCode; cause: Cause }[] = [
	{
		text: /temporary failure in name resolution|non-recoverable failure in name/i,
		code: 'provider_name_not_found',
		cause: 'resolver_down',
	},
	{
		text: /name or service not known|no address associated|name does not resolve|nodename nor servname|unknown host/i,
		code: 'provider_name_not_found',
		cause: 'name_not_found',
	},
	{
		text: /timed out|no route to host|network is unreachable|host is down|permission denied/i,
		code: 'provider_port_blocked',
		cause: 'port_blocked',
	},
];

/**
 * Opens TCP from the server's own network. See Remote.forward; besides ForwardingForbidden.
 * The stream has what net.Socket has and TLS and SMTP clients call: setTimeout, setKeepAlive, setNoDelay, ref, unref.
 */
export function forward(
	client: Client,
	target: { host: string; port: number },
	{ signal }: { signal: AbortSignal }
): Promise< Duplex > {
	const { promise, resolve, reject } = Promise.withResolvers< Duplex >();
	let over = false;
	const settle = ( act: () => void ) => {
		over = true;
		clearTimeout( timer );
		signal.removeEventListener( 'abort', onAbort );
		act();
	};
	const onAbort = () => settle( () => reject( signal.reason ) );
	const blocked = () => new GatewayError( 'provider_port_blocked', { ...target, cause: 'port_blocked', reply: '' } );
	const timer = setTimeout( () => settle( () => reject( blocked() ) ), answerTimeoutMs );
	if ( signal.aborted ) {
		onAbort();
		return promise;
	}
	signal.addEventListener( 'abort', onAbort, { once: true } );
	try {
		client.forwardOut( '127.0.0.1', 0, target.host, target.port, ( error, channel ) => {
			if ( over ) {
				channel
					?.on( 'error', () => {} )
					.resume()
					.close();
				return;
			}
			settle( () => ( error ? reject( channelError( error, target ) ) : resolve( asSocket( channel ) ) ) );
		} );
	} catch {
		settle( () => reject( new GatewayError( 'connection_lost' ) ) );
	}
	return promise;
}

function channelError( error: Error, target: { host: string; port: number } ): Error {
	const { reason } = error as Error & { reason?: unknown };
	if ( reason === administrativelyProhibited ) {
		return new ForwardingForbidden();
	}
	if ( reason !== connectFailed ) {
		return new GatewayError( 'connection_lost' );
	}
	return connectError( error.message.replace( /^\(SSH\) Channel open failure: /, '' ), target );
}

/** Why the server could not connect, by its own words. */
export function connectError( text: string, target: { host: string; port: number } ): GatewayError {
	const { code, cause } = rows.find( ( row ) => row.text.test( text ) ) ?? {
		code: 'provider_port_closed',
		cause: 'port_closed',
	};
	return new GatewayError( code, { ...target, cause, reply: excerpt( text ) } );
}

/** Gives a channel what net.Socket has. */
export function asSocket( channel: ClientChannel ): Duplex {
	let idle: NodeJS.Timeout | undefined;
	let idleMs = 0;
	const restart = () => {
		clearTimeout( idle );
		idle = idleMs > 0 ? setTimeout( () => channel.emit( 'timeout' ), idleMs ) : undefined;
		idle?.unref();
	};
	const shims = {
		setTimeout( ms: number, onTimeout?: () => void ) {
			idleMs = ms;
			restart();
			if ( onTimeout ) {
				channel.once( 'timeout', onTimeout );
			}
			return channel;
		},
		setKeepAlive: () => channel,
		setNoDelay: () => channel,
		ref: () => channel,
		unref: () => channel,
	};
	// bytes from the server show that it lives; watched below the stream so that nothing starts to flow by it
	const push = channel.push.bind( channel );
	channel.push = ( chunk: unknown, encoding?: BufferEncoding ) => {
		restart();
		return push( chunk, encoding );
	};
	channel.on( 'close', () => {
		idleMs = 0;
		restart();
	} );
	return Object.assign( channel, shims ) as unknown as Duplex;
}
