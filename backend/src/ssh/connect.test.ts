import { afterEach, describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { GatewayError } from '../errors.ts';
import { Secret } from '../vault/secret.ts';
import { connect } from './connect.ts';
import type { Remote } from './remote.ts';
import { runForReal, startTestSshd, type Behaviour, type TestSshd } from './test-sshd.ts';
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
/** Becomes root as it should, then behaves as told. */
const asRoot = ( hostile: NonNullable< Behaviour[ 'onExec' ] > ): Behaviour => ( {
	onExec( channel, command ) {
		const nonce = /BEGIN ([0-9a-f]+)/.exec( command )?.[ 1 ] ?? '';
		channel.write( `AS ${ nonce } root\nREADY ${ nonce }\n` );
		hostile( channel, command );
	},
} );

describe( 'connect', () => {
	test( 'runs a program as root with its payload byte for byte', async () => {
		const { target, fingerprint } = await start();
		const remote = await open( target );
		expect( remote.fingerprint ).toBe( fingerprint );
		const payload = Buffer.from( `p#$a:s "s'\\\`ü😀 <%41>\r\n\x00 trailing ` );
		const { stdout, exitCode } = await remote.run( 'od -An -v -tx1 | tr -d " \\n"; exit 3', {
			...limits,
			stdin: payload,
		} );
		expect( stdout ).toBe( payload.toString( 'hex' ) );
		expect( exitCode ).toBe( 3 );
		expect( remote.asRoot() ).toBe( 'root' );
	} );

	test( 'hands over each line as it comes and keeps stderr apart', async () => {
		const remote = await open( ( await start() ).target );
		const lines: string[] = [];
		const result = await remote.run( "printf 'one\\ntwo\\nlast'; echo oops >&2", {
			...limits,
			onLine: ( line ) => lines.push( line ),
		} );
		expect( lines ).toEqual( [ 'one', 'two', 'last' ] );
		expect( result ).toEqual( { exitCode: 0, stdout: 'one\ntwo\nlast', stderr: 'oops\n' } );
	} );

	test( 'says null where a signal ended the program', async () => {
		const { target } = await start(
			asRoot( ( channel ) => {
				channel.exit( 'KILL' );
				channel.end();
			} )
		);
		expect( ( await ( await open( target ) ).run( 'true', limits ) ).exitCode ).toBeNull();
	} );

	test( 'takes control sequences, bidi marks and C1 out of what the server prints', async () => {
		const remote = await open( ( await start() ).target );
		const { stdout } = await remote.run(
			`printf 'a\\033[31mred\\302\\233m \\342\\200\\256evil\\007\\r\\tb\\n'`,
			limits
		);
		expect( stdout ).toBe( 'a[31mredm evil\tb\n' );
	} );

	test( 'drops what a login script prints before the program', async () => {
		const { target } = await start( {
			onExec: ( channel, command ) => {
				const nonce = /BEGIN ([0-9a-f]+)/.exec( command )?.[ 1 ] ?? '';
				channel.write( `Welcome!\nAS guess sudo\nAS ${ nonce } root\nREADY guess\nREADY ${ nonce }\nroot\n` );
				channel.exit( 0 );
				channel.end();
			},
		} );
		expect( ( await ( await open( target ) ).run( 'id', limits ) ).stdout ).toBe( 'root\n' );
	} );

	test( 'shows an unknown host key and never signs in', async () => {
		let signIns = 0;
		const { target, fingerprint } = await start( {
			authenticate: ( context ) => {
				signIns++;
				context.accept();
			},
		} );
		expect( await failure( connect( { ...target, pinnedFingerprint: null }, { signal } ) ) ).toEqual( {
			code: 'host_key_unknown',
			fingerprint,
			algorithm: 'ssh-ed25519',
		} );
		expect( signIns ).toBe( 0 );
	} );

	test( 'stops at a changed host key and tells both', async () => {
		const { target, fingerprint } = await start();
		const pinnedFingerprint = 'SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
		expect( await failure( connect( { ...target, pinnedFingerprint }, { signal } ) ) ).toEqual( {
			code: 'host_key_changed',
			fingerprint: pinnedFingerprint,
			seenFingerprint: fingerprint,
			algorithm: 'ssh-ed25519',
		} );
	} );

	test( 'goes on where the keys are exchanged anew and the host key is the same', async () => {
		const sshd = await start();
		const remote = await open( sshd.target );
		const { stdout } = await remote.run( 'echo begun; sleep 0.2; echo done', {
			...limits,
			onLine: () => sshd.rekey(),
		} );
		expect( stdout ).toBe( 'begun\ndone\n' );
		expect( ( await remote.run( 'cat', { ...limits, stdin: Buffer.from( 'x' ) } ) ).stdout ).toBe( 'x' );
	} );

	test( 'hands nothing more to a server that shows another host key in the middle of a session', async () => {
		let programs = 0;
		const runs = runForReal();
		const sshd = await start( {
			onExec( channel, command ) {
				programs++;
				runs( channel, command );
			},
		} );
		const remote = await open( sshd.target );
		const changed: { fingerprint: string }[] = [];
		const onLine = () => {
			changed.push( sshd.changeHostKey() );
			sshd.rekey();
		};
		expect( await failure( remote.run( 'echo begun; sleep 5', { ...limits, onLine } ) ) ).toEqual( {
			code: 'connection_lost',
		} );
		const begun = programs;
		const secret = { ...limits, stdin: Buffer.from( 'a payload with a password' ) };
		expect( await failure( remote.run( 'cat', secret ) ) ).toEqual( { code: 'connection_lost' } );
		expect( await failure( connect( sshd.target, { signal } ) ) ).toMatchObject( {
			code: 'host_key_changed',
			fingerprint: sshd.fingerprint,
			seenFingerprint: changed[ 0 ]?.fingerprint,
		} );
		expect( programs ).toBe( begun );
	} );

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

describe( 'run, with a server that means harm', () => {
	test( 'cuts off a flood', async () => {
		const { target } = await start(
			asRoot( ( channel ) => {
				const pour = setInterval( () => channel.write( Buffer.alloc( 65_536, 'x\n' ) ), 1 );
				closers.push( () => clearInterval( pour ) );
			} )
		);
		const remote = await open( target );
		expect( await failure( remote.run( 'true', limits ) ) ).toEqual( {
			code: 'server_answer_not_understood',
			reason: 'too_much_output',
		} );
		expect( await failure( remote.run( 'true', limits ) ) ).toEqual( { code: 'connection_lost' } );
	} );

	test( 'cuts off a line that never ends', async () => {
		const { target } = await start( asRoot( ( channel ) => channel.write( 'x'.repeat( 70_000 ) ) ) );
		expect( await failure( ( await open( target ) ).run( 'true', limits ) ) ).toMatchObject( {
			reason: 'too_much_output',
		} );
	} );

	test( 'does not wait longer than told', async () => {
		const { target } = await start( asRoot( () => {} ) );
		expect( await failure( ( await open( target ) ).run( 'true', { signal, timeoutMs: 100 } ) ) ).toMatchObject( {
			code: 'server_timed_out',
		} );
	} );

	test( 'notices a cut connection, and never takes it for an end', async () => {
		const sshd = await start();
		const remote = await open( sshd.target );
		const running = failure( remote.run( 'echo begun; sleep 2', { ...limits, onLine: () => sshd.cut() } ) );
		expect( await running ).toEqual( { code: 'connection_lost' } );
	} );

	test( 'stops waiting when told to', async () => {
		const remote = await open( ( await start() ).target );
		const reason = new Error( 'lost the job' );
		await expect( remote.run( 'sleep 2', { timeoutMs: 5_000, signal: abortAfter( 50, reason ) } ) ).rejects.toBe(
			reason
		);
	} );
} );

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
