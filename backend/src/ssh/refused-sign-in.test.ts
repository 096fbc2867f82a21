import { afterEach, describe, expect, test } from '@jest/globals';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { GatewayError } from '../errors.ts';
import { Secret } from '../vault/secret.ts';
import { connect } from './connect.ts';
import type { Remote } from './remote.ts';
import { startTestSshd, type Behaviour, type TestSshd } from './test-sshd.ts';
import type { SshTarget } from './target.ts';

const { signal } = new AbortController();
const limits = { signal, timeoutMs: 5_000 };
const closers: ( () => unknown )[] = [];
afterEach( async () => {
	for ( const close of closers.splice( 0 ).reverse() ) {
		await close();
	}
} );

const start = async ( behaviour?: Behaviour ): Promise< TestSshd > => {
	const sshd = await startTestSshd( behaviour );
	closers.push( sshd.stop );
	return sshd;
};
const open = async ( target: SshTarget ): Promise< Remote > => {
	const remote = await connect( target, { signal } );
	closers.push( remote.close );
	return remote;
};
const failure = async ( promise: Promise< unknown > ) => {
	const error = await promise.then(
		() => null,
		( reason: unknown ) => reason
	);
	expect( error ).toBeInstanceOf( GatewayError );
	const { code, detail } = error as GatewayError;
	return { code, ...detail };
};

describe( 'connect', () => {
	test( 'says so where the sign-in is refused', async () => {
		const { target } = await start( { authenticate: ( context ) => context.reject( [ 'publickey' ] ) } );
		expect( await failure( connect( target, { signal } ) ) ).toMatchObject( { code: 'sign_in_refused' } );
	} );

	test( 'answers a server that asks for the password as a dialogue', async () => {
		const { target } = await start( {
			authenticate: ( context ) => {
				if ( context.method !== 'keyboard-interactive' ) {
					return context.reject( [ 'keyboard-interactive' ] );
				}
				context.prompt( [ { prompt: 'Password: ', echo: false } ], ( [ answer ] ) =>
					answer === 's3cret' ? context.accept() : context.reject()
				);
			},
		} );
		const remote = await open( { ...target, signIn: { kind: 'password', password: new Secret( 's3cret' ) } } );
		expect( ( await remote.run( 'echo in', limits ) ).stdout ).toBe( 'in\n' );
	} );

	test( 'tells a forced command from a sign-in that works', async () => {
		const { target } = await start( {
			onExec: ( channel ) => {
				channel.write( 'Please login as the user "debian" rather than the user "root".\n' );
				channel.exit( 142 );
				channel.end();
			},
		} );
		const remote = await open( target );
		expect( await failure( remote.run( 'true', limits ) ) ).toEqual( {
			code: 'sign_in_refused',
			reason: 'no_shell',
			said: 'Please login as the user "debian" rather than the user "root".',
		} );
	} );

	test( 'names a private key that cannot be read, with the reason', async () => {
		const { target } = await start();
		const signIn = {
			kind: 'key',
			privateKey: new Secret( '-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----' ),
			passphrase: null,
		} as const;
		expect( await failure( connect( { ...target, signIn }, { signal } ) ) ).toEqual( {
			code: 'private_key_unreadable',
			reason: 'format',
		} );
	} );

	test( 'says unreachable where the port is closed', async () => {
		const server = createServer().listen( 0, '127.0.0.1' );
		await once( server, 'listening' );
		const { port } = server.address() as AddressInfo;
		server.close();
		const { target } = await start();
		expect( await failure( connect( { ...target, port }, { signal } ) ) ).toMatchObject( {
			code: 'server_unreachable',
			reason: 'ECONNREFUSED',
		} );
	} );

	test.each( [
		[ 'a web server', 'HTTP/1.1 400 Bad Request\r\n\r\n' ],
		[ 'something that hangs up', '' ],
		[ 'something that only greets alike', `SSH-2.0-x\r\n${ '~'.repeat( 64 ) }` ],
	] )( 'tells SSH from %s', async ( _name, greeting ) => {
		const server = createServer( ( socket ) => socket.on( 'error', () => {} ).end( greeting ) ).listen(
			0,
			'127.0.0.1'
		);
		await once( server, 'listening' );
		closers.push( () => server.close() );
		const { target } = await start();
		const { port } = server.address() as AddressInfo;
		expect( await failure( connect( { ...target, port }, { signal } ) ) ).toMatchObject( {
			code: 'ssh_not_spoken',
		} );
	} );

	test.each( [
		[ 'Exceeded MaxStartups\r\n', 'ssh_server_busy' ],
		[ 'Not allowed at this time\r\n', 'ssh_refused_for_now' ],
	] )( 'takes the words of an sshd for what they are: %j', async ( greeting, code ) => {
		const server = createServer( ( socket ) => socket.on( 'error', () => {} ).end( greeting ) );
		await once( server.listen( 0, '127.0.0.1' ), 'listening' );
		closers.push( () => server.close() );
		const { target } = await start();
		const { port } = server.address() as AddressInfo;
		expect( await failure( connect( { ...target, port }, { signal } ) ) ).toMatchObject( {
			code,
			said: greeting.trim(),
		} );
	} );

	test( 'refuses loopback for somebody who is no administrator', async () => {
		const { target } = await start();
		expect( await failure( connect( { ...target, mayReachLocalAddresses: false }, { signal } ) ) ).toMatchObject( {
			code: 'server_address_refused',
		} );
	} );

	test( 'stops at once when told to', async () => {
		const silent = createServer( ( socket ) => socket.on( 'error', () => {} ) ).listen( 0, '127.0.0.1' );
		await once( silent, 'listening' );
		closers.push( () => silent.close() );
		const { target } = await start();
		const { port } = silent.address() as AddressInfo;
		const reason = new Error( 'the worker shuts down' );
		await expect( connect( { ...target, port }, { signal: abortAfter( 50, reason ) } ) ).rejects.toBe( reason );
	} );

	test( 'lets go of a server that talks on and never closes its side', async () => {
		const stop = new AbortController();
		const letGo = Promise.withResolvers< void >();
		const talker = createServer( { allowHalfOpen: true }, ( socket ) => {
			const talk = setInterval( () => socket.write( 'a line before the greeting\r\n' ), 100 );
			closers.push( () => clearInterval( talk ) );
			socket.on( 'error', () => {} ).once( 'close', letGo.resolve );
			socket.once( 'data', () => stop.abort( new Error( 'stop' ) ) ).resume();
		} ).listen( 0, '127.0.0.1' );
		await once( talker, 'listening' );
		closers.push( () => talker.close() );
		const { target } = await start();
		const { port } = talker.address() as AddressInfo;
		await expect( connect( { ...target, port }, { signal: stop.signal } ) ).rejects.toThrow( 'stop' );
		await expect( Promise.race( [ letGo.promise, sleep( 5_000, 'held' ) ] ) ).resolves.not.toBe( 'held' );
	} );
} );

const abortAfter = ( ms: number, reason: Error ): AbortSignal => {
	const controller = new AbortController();
	setTimeout( () => controller.abort( reason ), ms );
	return controller.signal;
};
