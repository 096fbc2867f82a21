import type { Socket } from 'node:net';
import ssh2, { type Client } from 'ssh2';
import { GatewayError } from '../errors.ts';
import { resolveServer } from './address.ts';
import { becomeRoot } from './become-root.ts';
import { connectError } from './connect-error.ts';
import { dial } from './dial.ts';
import { forward, ForwardingForbidden } from './forward.ts';
import { watchGreeting } from './greeting.ts';
import { describeHostKey, hostKeyAlgorithms, sameFingerprint, type HostKey } from './host-key.ts';
import { lighten, writeTogether } from './lean-ssh2.ts';
import type { Remote } from './remote.ts';
import { startProgram } from './run.ts';
import { answerPrompts, signInConfig } from './sign-in.ts';
import type { SshTarget } from './target.ts';
import { newTurns, throughProgram } from './through-program.ts';
import { within } from './within.ts';

const handshakeTimeoutMs = 20_000;

export interface ConnectOptions {
	signal: AbortSignal;
	log?: ( message: string, detail: Record< string, string | number > ) => void;
	/** Private ranges (CIDR) that non-administrators may reach, too. */
	allowedPrivateRanges?: readonly string[];
	/** The program that `run` is called with first, if it is known: it is started with becoming root, which saves its start. */
	first?: string;
}

/**
 * Connects, checks the host key, signs in and becomes root.
 * Errors: server_address_refused, server_name_not_found, server_unreachable, server_timed_out, ssh_not_spoken,
 * ssh_nothing_in_common { said }, ssh_server_busy { said }, ssh_refused_for_now { said }, session_refused,
 * host_key_unknown { fingerprint, algorithm }, host_key_changed { fingerprint, seenFingerprint, algorithm },
 * private_key_unreadable, sign_in_refused, sudo_password_required, sudo_refused, connection_lost.
 */
export async function connect(
	target: SshTarget,
	{ signal, log, allowedPrivateRanges, first }: ConnectOptions
): Promise< Remote > {
	const { host, port, sudoPassword } = target;
	signal.throwIfAborted();
	const identity = await signInConfig( target );
	signal.throwIfAborted();
	const addresses = await resolveServer( host, {
		mayReachLocalAddresses: target.mayReachLocalAddresses,
		allowedPrivateRanges,
	} );
	const sock = writeTogether( await dial( addresses, { host, port, signal } ) );

	const client = new ssh2.Client();
	let seen: HostKey | undefined;
	let trusted = false;
	// without this ssh2 takes any key; the sign-in is only sent to the one that was trusted
	const hostVerifier = ( key: Buffer ) => {
		seen = describeHostKey( key );
		trusted = target.pinnedFingerprint !== null && sameFingerprint( seen.fingerprint, target.pinnedFingerprint );
		return trusted;
	};
	client.on( 'keyboard-interactive', answerPrompts( target ) );
	client.on( 'handshake', () => lighten( client ) );
	const ready = Promise.withResolvers< void >();
	// ssh2 gives no level to packets that it cannot read
	const onError = ( error: Error & { level?: string } ) => {
		error.level ??= 'protocol';
		ready.reject( error );
	};
	client.once( 'ready', ready.resolve ).on( 'error', onError );
	const onLost = () => ready.reject( new GatewayError( 'connection_lost', { host, port, stage: 'handshake' } ) );
	client.once( 'close', onLost );
	client.connect( {
		...identity,
		sock,
		hostVerifier,
		algorithms: { serverHostKey: [ ...hostKeyAlgorithms ] },
		readyTimeout: 0, // bounded here, by the same means as everything else
		keepaliveInterval: 10_000,
		keepaliveCountMax: 3,
	} );
	const greeting = watchGreeting( sock );
	try {
		const detail = { host, port, stage: 'handshake' };
		await within( { signal, timeoutMs: handshakeTimeoutMs, detail }, ready.promise, ready.reject );
	} catch ( error ) {
		abandon( client, sock );
		signal.throwIfAborted();
		throw (
			( ! trusted && hostKeyError( seen, target ) ) ||
			greeting.refusal( { host, port } ) ||
			connectError( error, { host, port } )
		);
	}
	client
		.off( 'close', onLost )
		.on( 'error', ( error ) => log?.( 'ssh_connection_failed', { reason: error.message } ) );
	client.setNoDelay( true );
	const { fingerprint = '' } = seen ?? {};
	const turns = newTurns();
	try {
		const { asRoot, started } = await becomeRoot( client, first ?? ':', { sudoPassword, signal } );
		let waiting = first === undefined ? null : started;
		if ( waiting === null ) {
			await started.run( { signal, timeoutMs: 20_000 } );
		}
		return {
			asRoot,
			fingerprint,
			async run( program, options ) {
				options.signal.throwIfAborted();
				if ( program !== first || waiting === null ) {
					return startProgram( client, program, { elevation: asRoot, sudoPassword } ).run( options );
				}
				const begun = waiting;
				waiting = null;
				return begun.run( options );
			},
			forward: ( to, { signal: stop } ) =>
				forward( client, to, { signal: stop } ).catch( ( error: unknown ) => {
					if ( error instanceof ForwardingForbidden ) {
						return throughProgram( client, to, { signal: stop, turns } );
					}
					throw error;
				} ),
			close: () => abandon( client, sock ),
		};
	} catch ( error ) {
		abandon( client, sock );
		throw error;
	}
}

function hostKeyError( seen: HostKey | undefined, { pinnedFingerprint }: SshTarget ): GatewayError | null {
	if ( seen === undefined ) {
		return null;
	}
	const { fingerprint, algorithm } = seen;
	return pinnedFingerprint === null
		? new GatewayError( 'host_key_unknown', { fingerprint, algorithm } )
		: new GatewayError( 'host_key_changed', {
				fingerprint: pinnedFingerprint,
				seenFingerprint: fingerprint,
				algorithm,
		  } );
}

/** Ends the connection politely and, where the server does not care, after a moment for good. */
function abandon( client: Client, socket: Socket ): void {
	// not client.destroy(): ssh2 does nothing then once the connection was ended from here
	const timer = setTimeout( () => socket.destroy(), 1_000 ).unref();
	client.once( 'close', () => clearTimeout( timer ) ).end();
}
