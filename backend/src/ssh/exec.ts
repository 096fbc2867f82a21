import type { Client, ClientChannel } from 'ssh2';
import { GatewayError } from '../errors.ts';
import { openSession } from './open-session.ts';

export interface Session {
	/** The exit code, null after a signal. Errors: those of `openSession`, and what `fail` was called with. */
	exit: Promise< number | null >;
	/** Ends the wait with an error, and the channel. Nothing where it has ended already. */
	fail( error: unknown ): void;
	/** Hands the channel to the caller: it is neither waited for nor closed here any more. */
	release(): void;
}

/** Ends a channel, whatever the server still says on it. */
export function drop( channel: ClientChannel ): void {
	channel.removeAllListeners( 'data' ).removeAllListeners( 'readable' );
	channel.stderr.removeAllListeners( 'data' ).resume();
	channel
		.on( 'error', () => {} )
		.resume()
		.close();
}

/**
 * Runs one command on one channel. The caller listens and writes to it from `onOpen` on, and bounds its time and its
 * output by `fail`.
 */
export function exec(
	client: Client,
	command: string,
	{ onOpen, tries }: { onOpen( channel: ClientChannel ): void; tries?: number }
): Session {
	const { promise, resolve, reject } = Promise.withResolvers< number | null >();
	let channel: ClientChannel | undefined;
	let over = false;
	let lost = false;
	let exit: { code: number | null } | undefined;

	const onLost = () => {
		lost = true;
	};
	/** The first one counts. */
	const finish = ( settle: () => void ) => {
		if ( ! over ) {
			over = true;
			client.off( 'close', onLost );
			settle();
		}
	};
	const close = () => channel && drop( channel );
	const fail = ( error: unknown ) =>
		finish( () => {
			close();
			reject( error );
		} );
	const onClose = () => {
		if ( exit === undefined || lost ) {
			return fail( new GatewayError( 'connection_lost' ) );
		}
		const { code } = exit;
		finish( () => {
			close();
			resolve( code );
		} );
	};
	client.once( 'close', onLost );
	openSession( client, command, {
		...( tries !== undefined && { tries } ),
		isWanted: () => ! over,
		onError: fail,
		onOpen( opened ) {
			if ( over ) {
				return drop( opened );
			}
			channel = opened;
			opened
				.on( 'error', () => {} )
				.on( 'exit', ( code: number | null ) => {
					exit = { code };
				} )
				.on( 'close', onClose );
			onOpen( opened );
		},
	} );
	return { exit: promise, fail, release: () => finish( () => {} ) };
}
