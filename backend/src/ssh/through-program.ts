import { randomBytes } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { Client, ClientChannel } from 'ssh2';
import { GatewayError, isFailure } from '../errors.ts';
import { beginLine, commandLine, readyLine } from './as-root.ts';
import { answerTimeoutMs, asSocket, connectError, ForwardingForbidden } from './forward.ts';
import { openSession } from './open-session.ts';

/** As long as a conversation with a provider may take, so that nothing stays behind on the server. */
const lifeSeconds = 90;

// Two lines of data, host and port, then the bytes of the stream. It carries them and knows nothing of them: TLS is
// spoken, and certificates are judged, at our end. Whichever side ends first ends both.
const program = `IFS= read -r host || exit 64
IFS= read -r port || exit 64
command -v bash >/dev/null && command -v timeout >/dev/null || exit 69
exec timeout ${ lifeSeconds } bash -c 'exec 4<&0 3<>"/dev/tcp/$0/$1" || exit 1
echo OPEN
{ cat <&4 >&3 2>/dev/null; kill $$; } 2>/dev/null &
cat <&3 2>/dev/null
kill $! 2>/dev/null' "$host" "$port"`;

/** Connections of one SSH connection that are carried by a program, and those that wait for their turn. */
export interface Turns {
	taken: number;
	/** How many the server takes at once, as far as is known: it turns out where MaxSessions of its sshd is small. */
	most: number;
	waiting: ( () => void )[];
}

/** sshd takes ten sessions of one connection where nothing else is configured; some are left for programs. */
export const newTurns = (): Turns => ( { taken: 0, most: 6, waiting: [] } );

/**
 * The same as `forward` where sshd forbids that: a program on the server opens the connection and carries its bytes.
 * Errors: those of `forward`; ForwardingForbidden where the server has no bash to do it with.
 */
export async function throughProgram(
	client: Client,
	target: { host: string; port: number },
	{ signal, turns }: { signal: AbortSignal; turns: Turns }
): Promise< Duplex > {
	for (;;) {
		while ( turns.taken >= turns.most ) {
			await new Promise< void >( ( resolve ) => turns.waiting.push( resolve ) );
		}
		turns.taken++;
		const release = () => {
			turns.taken--;
			turns.waiting.shift()?.();
		};
		try {
			signal.throwIfAborted();
			const channel = await openChannel( client, target, { signal, areOthersOpen: turns.taken > 1 } );
			channel.once( 'close', release );
			return asSocket( channel );
		} catch ( error ) {
			const others = turns.taken - 1;
			if ( ! isFailure( error, 'session_refused' ) || others === 0 ) {
				release();
				throw error;
			}
			// the ones that are open are as many as it takes: this one waits for its turn
			turns.most = others;
			turns.taken--;
		}
	}
}

function openChannel(
	client: Client,
	target: { host: string; port: number },
	{ signal, areOthersOpen }: { signal: AbortSignal; areOthersOpen: boolean }
): Promise< ClientChannel > {
	const { promise, resolve, reject } = Promise.withResolvers< ClientChannel >();
	const nonce = randomBytes( 16 ).toString( 'hex' );
	let channel: ClientChannel | undefined;
	let said = '';
	let head = Buffer.alloc( 0 );
	let exitCode: number | null = null;
	let ready = false;
	let over = false;
	const settle = ( act: () => void ) => {
		over = true;
		clearTimeout( timer );
		signal.removeEventListener( 'abort', onAbort );
		channel?.off( 'readable', onReadable ).off( 'close', onClose );
		act();
	};
	const fail = ( error: unknown ) =>
		settle( () => {
			channel?.on( 'error', () => {} ).resume();
			channel?.close();
			reject( error );
		} );
	const onAbort = () => fail( signal.reason );
	const blocked = () => new GatewayError( 'provider_port_blocked', { ...target, cause: 'port_blocked', reply: '' } );
	const timer = setTimeout( () => fail( blocked() ), answerTimeoutMs );
	const takeLine = ( line: string ): boolean => {
		const end = head.indexOf( `${ line }\n` );
		if ( end < 0 ) {
			return false;
		}
		head = head.subarray( end + line.length + 1 );
		return true;
	};
	// not by `data`: once that flowed, the bytes before the next reader would be lost, or never flow again
	const onReadable = () => {
		for ( let bytes = channel?.read(); bytes !== null && bytes !== undefined; bytes = channel?.read() ) {
			head = Buffer.concat( [ head, bytes ] );
		}
		if ( ! ready && takeLine( readyLine( nonce ) ) ) {
			ready = true;
			channel?.write( `${ beginLine( nonce ) }${ target.host }\n${ target.port }\n` );
		}
		if ( ready && takeLine( 'OPEN' ) ) {
			return settle( () => {
				if ( head.length ) {
					channel?.unshift( head );
				}
				resolve( channel as ClientChannel );
			} );
		}
		if ( head.length > 65_536 ) {
			fail( new GatewayError( 'server_answer_not_understood', { reason: 'too_much_output' } ) );
		}
	};
	const onClose = () =>
		fail(
			exitCode === 1
				? connectError( said.split( '\n' )[ 0 ]?.split( ': ' ).at( -1 ) ?? '', target )
				: ready
				? new ForwardingForbidden()
				: new GatewayError( 'connection_lost' )
		);
	signal.addEventListener( 'abort', onAbort, { once: true } );
	const command = commandLine( program, { elevation: 'user', nonce } );
	openSession( client, command, {
		...( areOthersOpen && { tries: 2 } ),
		isWanted: () => ! over,
		onError: fail,
		onOpen( opened ) {
			channel = opened;
			opened.on( 'error', () => {} );
			if ( over ) {
				opened.resume().close();
				return;
			}
			opened.stderr.on( 'data', ( bytes: Buffer ) => {
				said = ( said + bytes.toString( 'utf8' ) ).slice( 0, 2_048 );
			} );
			opened.on( 'exit', ( code: number | null ) => {
				exitCode = code;
			} );
			opened.on( 'readable', onReadable ).on( 'close', onClose );
		},
	} );
	return promise;
}
