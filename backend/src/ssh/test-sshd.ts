// Only for tests: an SSH server in this process whose commands really run, and whose behaviours can be made hostile.
import { spawn } from 'node:child_process';
import { connect as connectTcp, createServer, type AddressInfo, type Socket } from 'node:net';
import ssh2, { type AuthContext, type Connection, type ParsedKey, type ServerChannel } from 'ssh2';
import { describeHostKey } from './host-key.ts';
import { makeManagedKey } from './key-pair.ts';
import type { SshTarget } from './target.ts';

export interface TestSshd {
	target: SshTarget;
	fingerprint: string;
	/** Ends every connection at once, as a pulled cable would. */
	cut(): void;
	/** Exchanges keys anew on every open connection, as either side may at any time. */
	rekey(): void;
	/** Has another host key from the next exchange of keys on, also of a connection that is open. */
	changeHostKey(): { fingerprint: string };
	stop(): Promise< void >;
}

export interface Behaviour {
	authenticate?: ( context: AuthContext ) => void;
	/** Instead of running the command. */
	onExec?: ( channel: ServerChannel, command: string ) => void;
	/** Whether TCP may be forwarded; default yes, to loopback. */
	forwarding?: 'allowed' | 'forbidden' | 'silent';
	/** Added to the environment of commands, e.g. a PATH with another sudo. */
	env?: Record< string, string >;
}

/** Starts it on a free port of loopback with a new host key. */
export async function startTestSshd( behaviour: Behaviour = {} ): Promise< TestSshd > {
	const hostKey = changeableKey();
	const { fingerprint } = hostKey;
	const clientKey = makeManagedKey( 'client' );
	const connections = new Set< Connection >();
	const sockets = new Set< Socket >();
	const sshd = new ssh2.Server( { hostKeys: [ hostKey.key ] }, ( connection ) => {
		connections.add( connection );
		connection.on( 'error', () => {} ).on( 'close', () => connections.delete( connection ) );
		connection.on( 'authentication', behaviour.authenticate ?? ( ( context ) => context.accept() ) );
		connection.on( 'session', ( accept ) => {
			accept().on( 'exec', ( acceptExec, _reject, { command } ) => {
				const channel = acceptExec();
				channel.on( 'error', () => {} );
				( behaviour.onExec ?? runForReal( behaviour.env ) )( channel, command );
			} );
		} );
		if ( behaviour.forwarding === 'forbidden' ) {
			// without a listener ssh2 says "administratively prohibited"
			return;
		}
		connection.on( 'tcpip', ( accept, reject, { destIP, destPort } ) => {
			if ( behaviour.forwarding === 'silent' ) {
				return;
			}
			const socket = connectTcp( destPort, destIP );
			socket.once( 'error', () => reject?.() );
			socket.once( 'connect', () => {
				const channel = accept();
				channel.on( 'error', () => {} );
				channel.pipe( socket ).pipe( channel );
			} );
		} );
	} );
	const server = createServer( ( socket ) => {
		sockets.add( socket );
		socket.on( 'close', () => sockets.delete( socket ) );
		sshd.injectSocket( socket );
	} );
	await new Promise< void >( ( resolve ) => server.listen( 0, '127.0.0.1', resolve ) );
	const target: SshTarget = {
		host: '127.0.0.1',
		port: ( server.address() as AddressInfo ).port,
		user: 'root',
		signIn: { kind: 'key', privateKey: clientKey.privateKey, passphrase: null },
		sudoPassword: null,
		pinnedFingerprint: fingerprint,
		mayReachLocalAddresses: true,
	};
	const cut = () => sockets.forEach( ( socket ) => socket.destroy() );
	return {
		target,
		fingerprint,
		cut,
		rekey: () => connections.forEach( ( connection ) => connection.rekey() ),
		changeHostKey: hostKey.change,
		stop: () =>
			new Promise( ( resolve ) => {
				server.close( () => resolve() );
				cut();
			} ),
	};
}

/** A host key for ssh2 that is another one from `change` on: ssh2 asks a parsed key each time for what it shows. */
function changeableKey() {
	const made = (): ParsedKey => {
		const parsed = ssh2.utils.parseKey( makeManagedKey( 'host' ).privateKey.reveal() );
		if ( parsed instanceof Error ) {
			throw parsed;
		}
		return parsed;
	};
	const key = made();
	let shown = made();
	key.getPublicSSH = () => shown.getPublicSSH();
	key.sign = ( ...data ) => shown.sign( ...data );
	return {
		// its types know keys as text only
		key: { key: key as unknown as Buffer },
		fingerprint: describeHostKey( shown.getPublicSSH() ).fingerprint,
		change() {
			shown = made();
			return describeHostKey( shown.getPublicSSH() );
		},
	};
}

/** Runs a command as sshd would. */
export const runForReal =
	( env: Record< string, string > = {} ) =>
	( channel: ServerChannel, command: string ) => {
		const child = spawn( '/bin/sh', [ '-c', command ], { env: { ...process.env, ...env } } );
		channel.pipe( child.stdin.on( 'error', () => {} ) );
		child.stdout.on( 'data', ( bytes ) => channel.write( bytes ) );
		child.stderr.on( 'data', ( bytes ) => channel.stderr.write( bytes ) );
		channel.on( 'close', () => child.kill() );
		child.on( 'close', ( code, signal ) => {
			if ( signal !== null ) {
				channel.exit( signal.replace( 'SIG', '' ) );
			} else {
				channel.exit( code ?? 0 );
			}
			channel.end();
		} );
	};
