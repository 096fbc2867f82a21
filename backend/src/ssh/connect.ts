import type { Socket } from 'node:net';
import ssh2, { type Client } from 'ssh2';
import { GatewayError } from '../errors.ts';
import { resolveServer } from './address.ts';
import { asRootRunner } from './as-root-runner.ts';
import { connectError } from './connect-error.ts';
import { dial } from './dial.ts';
import { forward, ForwardingForbidden } from './forward.ts';
import { watchGreeting } from './greeting.ts';
import { describeHostKey, hostKeyAlgorithms, sameFingerprint, type HostKey } from './host-key.ts';
import type { Remote } from './remote.ts';
import { answerPrompts, signInConfig } from './sign-in.ts';
import type { SshTarget } from './target.ts';
import { newTurns, throughProgram } from './through-program.ts';
import { within } from './within.ts';
import { writeTogether } from './write-together.ts';
import { untilAborted } from './until-aborted.ts';

const handshakeTimeoutMs = 20_000;

export interface ConnectOptions {
	signal: AbortSignal;
	log?: ( message: string, detail: Record< string, string | number > ) => void;
	/** Private ranges (CIDR) that non-administrators may reach, too. */
	allowedPrivateRanges?: readonly string[];
}

/**
 * Connects, checks the host key and signs in.
 * Errors: server_address_refused, server_name_not_found, server_unreachable, server_timed_out, ssh_not_spoken,
 * ssh_nothing_in_common { said }, ssh_server_busy { said }, ssh_refused_for_now { said },
 * host_key_unknown { fingerprint, algorithm }, host_key_changed { fingerprint, seenFingerprint, algorithm },
 * private_key_unreadable, sign_in_refused, connection_lost.
 */
export async function connect(
	target: SshTarget,
	{ signal, log, allowedPrivateRanges }: ConnectOptions
): Promise< Remote > {
	const { host, port } = target;
	signal.throwIfAborted();
	const identity = await signInConfig( target );
	signal.throwIfAborted();
	const reach = { mayReachLocalAddresses: target.mayReachLocalAddresses, allowedPrivateRanges };
	const addresses = await untilAborted( resolveServer( host, reach ), signal );
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
	return {
		...asRootRunner( client, target.sudoPassword ),
		fingerprint,
		forward: ( to, { signal: stop } ) =>
			forward( client, to, { signal: stop } ).catch( ( error: unknown ) => {
				if ( error instanceof ForwardingForbidden ) {
					return throughProgram( client, to, { signal: stop, turns } );
				}
				throw error;
			} ),
		close: () => abandon( client, sock ),
	};
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
