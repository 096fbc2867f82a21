import { afterEach, describe, expect, test } from '@jest/globals';
import { GatewayError } from '../errors.ts';
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
