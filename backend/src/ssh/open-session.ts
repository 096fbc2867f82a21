import type { Client, ClientChannel } from 'ssh2';
import { GatewayError } from '../errors.ts';

/**
 * sshd counts a session until it has reaped its program, a moment after it has told us of its end. Where MaxSessions
 * is small, the next one is refused for that long.
 */
const pausesMs = [ 20, 80, 200, 500, 1_000, 2_000 ];

interface SessionOptions {
	/** Called in the same turn in which it was opened: what the server says right after that is not missed. */
	onOpen( channel: ClientChannel ): void;
	/**
	 * Errors: connection_lost; session_refused { said } where the server opens no further session, which is no lost
	 * connection: another one would be refused as well; server_answer_not_understood { reason: no_shell } where it opens
	 * one and runs nothing in it.
	 */
	onError( error: GatewayError ): void;
	/** How often it is tried again; where others of ours are open, waiting for one of them is better. */
	tries?: number;
	/** Whether it is still worth trying. */
	isWanted(): boolean;
}

/** Opens a session and runs one command in it. */
export function openSession( client: Client, command: string, options: SessionOptions, attempt = 0 ): void {
	const { onOpen, onError, isWanted, tries = pausesMs.length } = options;
	const fail = ( error: GatewayError ) => {
		const pauseMs = attempt < tries ? pausesMs[ attempt ] : undefined;
		if ( error.code !== 'session_refused' || pauseMs === undefined || ! isWanted() ) {
			return onError( error );
		}
		setTimeout( () => openSession( client, command, options, attempt + 1 ), pauseMs );
	};
	try {
		client.exec( command, ( error, channel ) => ( error ? fail( meaningOf( error ) ) : onOpen( channel ) ) );
	} catch {
		// ssh2 throws where the connection has ended already
		fail( new GatewayError( 'connection_lost' ) );
	}
}

function meaningOf( error: Error ): GatewayError {
	// ssh2 hands on the number that came with the refusal (RFC 4254, 5.1); a connection that ended has none
	if ( typeof ( error as { reason?: unknown } ).reason === 'number' ) {
		const said = error.message.replace( /^\(SSH\) Channel open failure: /, '' ).slice( 0, 200 );
		return new GatewayError( 'session_refused', { said } );
	}
	return /^Unable to exec/.test( error.message )
		? new GatewayError( 'server_answer_not_understood', { reason: 'no_shell', said: '' } )
		: new GatewayError( 'connection_lost' );
}
