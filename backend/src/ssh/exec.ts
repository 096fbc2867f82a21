import type { Client, ClientChannel } from 'ssh2';
import { GatewayError } from '../errors.ts';

export interface ExecOptions {
	signal: AbortSignal;
	timeoutMs: number;
	/** Bound of stdout and of stderr each, in bytes. */
	maxBytes: number;
	/** The channel is open: write to it here. */
	onOpen( channel: ClientChannel ): void;
	/** Returns false where the server says what it must not: the channel is cut off. */
	onStdout( bytes: Buffer ): boolean;
	onStderr( bytes: Buffer ): boolean;
}

/**
 * Runs one command on one channel, bounded in time and size; resolves with its exit code, null after a signal.
 * A server that floods loses its whole connection: what it goes on sending must not cost anything.
 * Errors: connection_lost, server_timed_out, server_answer_not_understood { reason: too_much_output }, the signal's reason.
 */
export function exec( client: Client, command: string, options: ExecOptions ): Promise< number | null > {
	const { signal, timeoutMs, maxBytes } = options;
	const { promise, resolve, reject } = Promise.withResolvers< number | null >();
	let channel: ClientChannel | undefined;
	let over = false;
	let lost = false;
	let exit: { code: number | null } | undefined;

	const finish = ( settle: () => void ) => {
		if ( over ) {
			return;
		}
		over = true;
		clearTimeout( timer );
		signal.removeEventListener( 'abort', onAbort );
		client.off( 'close', onLost );
		channel
			?.removeAllListeners( 'data' )
			.resume()
			.on( 'error', () => {} );
		channel?.stderr.removeAllListeners( 'data' ).resume();
		channel?.close();
		settle();
	};
	const fail = ( error: unknown ) => finish( () => reject( error ) );
	const onAbort = () => fail( signal.reason );
	const onLost = () => {
		lost = true;
	};
	const flooded = () => {
		fail( new GatewayError( 'server_answer_not_understood', { reason: 'too_much_output' } ) );
		client.destroy();
	};
	const bounded = ( take: ( bytes: Buffer ) => boolean ) => {
		let left = maxBytes;
		return ( bytes: Buffer ) => {
			left -= bytes.length;
			if ( left < 0 || ! take( bytes ) ) {
				flooded();
			}
		};
	};
	const timer = setTimeout(
		() => fail( new GatewayError( 'server_timed_out', { stage: 'command', timeoutMs } ) ),
		timeoutMs
	);

	if ( signal.aborted ) {
		onAbort();
		return promise;
	}
	signal.addEventListener( 'abort', onAbort, { once: true } );
	client.once( 'close', onLost );
	const lostError = () => new GatewayError( 'connection_lost' );
	const opened = ( error: Error | undefined, open: ClientChannel ) => {
		if ( error ) {
			return fail( lostError() );
		}
		if ( over ) {
			open.on( 'error', () => {} )
				.resume()
				.close();
			return;
		}
		channel = open;
		open.on( 'data', bounded( options.onStdout ) );
		open.stderr.on( 'data', bounded( options.onStderr ) );
		open.on( 'error', () => {} );
		open.on( 'exit', ( code: number | null ) => {
			exit = { code };
		} );
		open.on( 'close', () =>
			exit === undefined || lost ? fail( lostError() ) : finish( () => resolve( exit?.code ?? null ) )
		);
		options.onOpen( open );
	};
	try {
		client.exec( command, opened );
	} catch {
		// ssh2 throws where the connection has ended already
		fail( lostError() );
	}
	return promise;
}
