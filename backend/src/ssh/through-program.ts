import { randomBytes } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { Client, ClientChannel } from 'ssh2';
import { GatewayError, isFailure } from '../errors.ts';
import { beginLine, commandLine } from './as-root.ts';
import { asSocket } from './as-socket.ts';
import { exec } from './exec.ts';
import { forwardError, answerLimits } from './forward-error.ts';
import { ForwardingForbidden } from './forward.ts';
import { startOf, step, type ProgramEvent } from './program-state.ts';
import { within } from './within.ts';

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

/** Starts the program and waits for its word OPEN: what follows on the channel are the bytes of the connection. */
async function openChannel(
	client: Client,
	target: { host: string; port: number },
	{ signal, areOthersOpen }: { signal: AbortSignal; areOthersOpen: boolean }
): Promise< ClientChannel > {
	const given = { nonce: randomBytes( 16 ).toString( 'hex' ), hasPassword: false };
	const opened = Promise.withResolvers< ClientChannel >();
	let state = startOf( 'user' );
	let said = '';
	const session = exec( client, commandLine( program, { elevation: 'user', nonce: given.nonce } ), {
		// where others are open, waiting for one of them is better than to try again and again
		...( areOthersOpen && { tries: 2 } ),
		onOpen( channel ) {
			const on = ( event: ProgramEvent ) => {
				const { state: next, effect } = step( state, event, given );
				state = next;
				if ( effect?.type === 'begin' ) {
					channel.write( `${ beginLine( given.nonce ) }${ target.host }\n${ target.port }\n` );
				}
				return effect?.type === 'take' && effect.line === 'OPEN';
			};
			channel.stderr.on( 'data', ( bytes: Buffer ) => {
				said = ( said + bytes.toString( 'utf8' ) ).slice( 0, 2_048 );
			} );
			on( { type: 'opened' } );
			let head = Buffer.alloc( 0 );
			// not by `data`: once that flowed, the bytes before the next reader would be lost, or never flow again
			const onReadable = () => {
				for ( let bytes: Buffer | null; ( bytes = channel.read() as Buffer | null ) !== null;  ) {
					head = Buffer.concat( [ head, bytes ] );
				}
				for ( let end: number; ( end = head.indexOf( '\n' ) ) >= 0;  ) {
					const text = head.toString( 'latin1', 0, end );
					head = head.subarray( end + 1 );
					if ( on( { type: 'line', text } ) ) {
						channel.off( 'readable', onReadable );
						session.release();
						if ( head.length > 0 ) {
							channel.unshift( head );
						}
						return opened.resolve( channel );
					}
				}
				if ( head.length > 65_536 ) {
					session.fail( new GatewayError( 'server_answer_not_understood', { reason: 'too_much_output' } ) );
				}
			};
			channel.on( 'readable', onReadable );
		},
	} );
	const ended = session.exit.then( ( code ): never => {
		if ( code === 1 ) {
			throw forwardError( said.split( '\n' )[ 0 ]?.split( ': ' ).at( -1 ) ?? '', target );
		}
		throw state.at === 'running' ? new ForwardingForbidden() : new GatewayError( 'connection_lost' );
	} );
	return within( answerLimits( target, signal ), Promise.race( [ opened.promise, ended ] ), session.fail );
}
