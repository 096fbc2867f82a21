// Only for tests: an SSH server in this process whose commands really run, and whose behaviours can be made hostile.
import { spawn } from 'node:child_process';
import { connect as connectTcp, type AddressInfo } from 'node:net';
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

type HostKeys = Record< string, ParsedKey >;

/** Starts it on a free port of loopback with a new host key. */
export async function startTestSshd( behaviour: Behaviour = {} ): Promise< TestSshd > {
	const hostKey = makeManagedKey( 'host' );
	const clientKey = makeManagedKey( 'client' );
	const parsed = ssh2.utils.parseKey( hostKey.publicKey );
	if ( parsed instanceof Error ) {
		throw parsed;
	}
	const { fingerprint } = describeHostKey( parsed.getPublicSSH() );
	const connections = new Set< Connection >();
	let shown: HostKeys = {};
	const server = new ssh2.Server( { hostKeys: [ hostKey.privateKey.reveal() ] }, ( connection ) => {
		connections.add( connection );
		// one table for all connections; ssh2 has no other way to change it
		shown = ( connection as unknown as { _protocol: { _hostKeys: HostKeys } } )._protocol._hostKeys;
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
	const cut = () =>
		connections.forEach( ( connection ) =>
			( connection as unknown as { _sock: { destroy(): void } } )._sock.destroy()
		);
	return {
		target,
		fingerprint,
		cut,
		rekey: () => connections.forEach( ( connection ) => connection.rekey() ),
		changeHostKey() {
			const other = ssh2.utils.parseKey( makeManagedKey( 'other host' ).privateKey.reveal() );
			if ( other instanceof Error ) {
				throw other;
			}
			shown[ other.type ] = other;
			return describeHostKey( other.getPublicSSH() );
		},
		stop: () =>
			new Promise( ( resolve ) => {
				server.close( () => resolve() );
				cut();
			} ),
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
