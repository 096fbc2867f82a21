import { afterEach, describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { GatewayError } from '../errors.ts';
import { connect } from './connect.ts';
import type { Remote } from './remote.ts';
import { runForReal, startTestSshd, type Behaviour, type TestSshd } from './test-sshd.ts';
import type { SshTarget } from './target.ts';

const { signal } = new AbortController();
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

describe( 'forward', () => {
	test( 'gives a stream from the server’s own network', async () => {
		const echo = createServer( ( socket ) => socket.pipe( socket ) ).listen( 0, '127.0.0.1' );
		await once( echo, 'listening' );
		closers.push( () => echo.close() );
		const remote = await open( ( await start() ).target );
		const stream = await remote.forward(
			{ host: '127.0.0.1', port: ( echo.address() as AddressInfo ).port },
			{ signal }
		);
		stream.write( 'hello' );
		expect( String( ( await once( stream, 'data' ) )[ 0 ] ) ).toBe( 'hello' );
		stream.destroy();
	} );

	test( 'says port closed', async () => {
		const remote = await open( ( await start() ).target );
		expect( await failure( remote.forward( { host: '127.0.0.1', port: 1 }, { signal } ) ) ).toMatchObject( {
			code: 'provider_port_closed',
			cause: 'port_closed',
		} );
	} );

	test( 'forbidden by the server goes through a program there', async () => {
		const remote = await open( ( await start( { forwarding: 'forbidden' } ) ).target );
		const echo = createServer( ( socket ) => socket.pipe( socket ) );
		await new Promise< void >( ( resolve ) => echo.listen( 0, '127.0.0.1', resolve ) );
		const { port } = echo.address() as AddressInfo;
		const bytes = randomBytes( 200_000 );
		// more than sshd would open at once
		const streams = await Promise.all(
			Array.from( { length: 9 }, async () => {
				const stream = await remote.forward( { host: '127.0.0.1', port }, { signal } );
				const got: Buffer[] = [];
				stream.on( 'data', ( part: Buffer ) => got.push( part ) );
				stream.write( bytes );
				while ( Buffer.concat( got ).length < bytes.length ) {
					await once( stream, 'data' );
				}
				stream.destroy();
				return Buffer.concat( got );
			} )
		);
		expect( streams.every( ( got ) => got.equals( bytes ) ) ).toBe( true );
		echo.close();
	}, 120_000 );

	test.each( [
		[ '127.0.0.1', 'provider_port_closed', 'port_closed' ],
		[
			'no-such-name.invalid',
			'provider_name_not_found',
			expect.stringMatching( /^(name_not_found|resolver_down)$/ ),
		],
	] )( 'by a program to %s: %s', async ( host, code, cause ) => {
		const remote = await open( ( await start( { forwarding: 'forbidden' } ) ).target );
		expect( await failure( remote.forward( { host, port: 1 }, { signal } ) ) ).toMatchObject( { code, cause } );
	} );

	test( 'a program ends with its connection, whichever side ends it', async () => {
		const remote = await open( ( await start( { forwarding: 'forbidden' } ) ).target );
		const polite = createServer( ( socket ) => socket.end( '220 hello' ) );
		await new Promise< void >( ( resolve ) => polite.listen( 0, '127.0.0.1', resolve ) );
		const { port } = polite.address() as AddressInfo;
		const stream = await remote.forward( { host: '127.0.0.1', port }, { signal } );
		const closed = once( stream, 'close' );
		expect( String( ( await once( stream, 'data' ) )[ 0 ] ) ).toBe( '220 hello' );
		await closed;
		polite.close();
	} );

	test( 'tells a server that forbids it and cannot run the program either', async () => {
		const onExec: Behaviour[ 'onExec' ] = ( channel, command ) =>
			runForReal()( channel, command.replace( 'command -v bash', 'false' ) );
		const remote = await open( ( await start( { forwarding: 'forbidden', onExec } ) ).target );
		await expect( remote.forward( { host: '127.0.0.1', port: 1 }, { signal } ) ).rejects.toThrow(
			'forwarding_forbidden'
		);
	} );

	test( 'calls eight seconds of silence a blocked port', async () => {
		const remote = await open( ( await start( { forwarding: 'silent' } ) ).target );
		expect( await failure( remote.forward( { host: '127.0.0.1', port: 1 }, { signal } ) ) ).toMatchObject( {
			code: 'provider_port_blocked',
		} );
	}, 12_000 );
} );
