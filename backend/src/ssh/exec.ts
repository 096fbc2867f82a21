import type { Client, ClientChannel } from 'ssh2';
import { GatewayError } from '../errors.ts';
import { openSession } from './open-session.ts';

export interface ExecOptions {
	/** The channel is open: write to it here. */
	onOpen( channel: ClientChannel ): void;
	/** Returns false where the server says what it must not, or too much: the channel is cut off. */
	onStdout( bytes: Buffer ): boolean;
	onStderr( bytes: Buffer ): boolean;
}

export interface Running {
	/**
	 * The exit code, null after a signal. Errors: those of `openSession`, server_answer_not_understood
	 * { reason: too_much_output }.
	 */
	exit: Promise< number | null >;
	/** Ends the wait with an error, and the channel. Nothing where it has ended already. */
	fail( error: unknown ): void;
}

/**
 * Runs one command on one channel. Who calls bounds its time by `fail`, and its size by what it returns of the output.
 * A server that floods loses its whole connection: what it goes on sending must not cost anything.
 */
export function exec( client: Client, command: string, options: ExecOptions ): Running {
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
	const onLost = () => {
		lost = true;
	};
	const guarded = ( take: ( bytes: Buffer ) => boolean ) => ( bytes: Buffer ) => {
		if ( ! take( bytes ) ) {
			fail( new GatewayError( 'server_answer_not_understood', { reason: 'too_much_output' } ) );
			client.destroy();
		}
	};
	client.once( 'close', onLost );
	const lostError = () => new GatewayError( 'connection_lost' );
	const onOpen = ( open: ClientChannel ) => {
		if ( over ) {
			open.on( 'error', () => {} )
				.resume()
				.close();
			return;
		}
		channel = open;
		open.on( 'data', guarded( options.onStdout ) );
		open.stderr.on( 'data', guarded( options.onStderr ) );
		open.on( 'error', () => {} );
		open.on( 'exit', ( code: number | null ) => {
			exit = { code };
		} );
		open.on( 'close', () =>
			exit === undefined || lost ? fail( lostError() ) : finish( () => resolve( exit?.code ?? null ) )
		);
		options.onOpen( open );
	};
	openSession( client, command, { onOpen, onError: fail, isWanted: () => ! over } );
	return { exit: promise, fail };
}
