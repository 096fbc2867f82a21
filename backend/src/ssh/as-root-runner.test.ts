import { afterEach, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import ssh2 from 'ssh2';
import { Secret } from '../vault/secret.ts';
import { connect } from './connect.ts';
import { startProgram } from './run.ts';
import { signInConfig } from './sign-in.ts';
import { runForReal, startTestSshd, type Behaviour } from './test-sshd.ts';

const { signal } = new AbortController();
const limits = { signal, timeoutMs: 5_000 };
const program = 'cat; echo ended';
const closers: ( () => unknown )[] = [];
afterEach( async () => {
	for ( const close of closers.splice( 0 ).reverse() ) {
		await close();
	}
} );

async function open( behaviour: Behaviour = {}, sudoPassword: Secret | null = null ) {
	const commands: string[] = [];
	const sshd = await startTestSshd( {
		onExec( channel, command ) {
			commands.push( command );
			( behaviour.onExec ?? runForReal() )( channel, command );
		},
	} );
	closers.push( sshd.stop );
	const remote = await connect( { ...sshd.target, sudoPassword }, { signal } );
	closers.push( remote.close );
	return { remote, commands, sshd };
}
/** Opens a connection and runs a first program. */
async function first( behaviour: Behaviour, sudoPassword: Secret | null = null ) {
	const { remote } = await open( behaviour, sudoPassword );
	return remote.run( program, limits );
}
const nonceOf = ( command: string ) => /BEGIN ([0-9a-f]+)/.exec( command )?.[ 1 ] ?? '';

describe( 'the first program on a connection', () => {
	test( 'finds out how the user becomes root, on one channel, and runs with its payload', async () => {
		const { remote, commands } = await open();
		expect( remote.asRoot ).toThrow( 'No program has run' );
		const { stdout } = await remote.run( program, { ...limits, stdin: Buffer.from( 'payload\n' ) } );
		expect( stdout ).toBe( 'payload\nended\n' );
		expect( remote.asRoot() ).toBe( 'root' );
		expect( commands ).toHaveLength( 1 );
	} );

	test( 'is the only one that does: those after it know', async () => {
		const { remote, commands } = await open();
		for ( const text of [ 'one\n', 'two\n', 'three\n' ] ) {
			expect( ( await remote.run( program, { ...limits, stdin: Buffer.from( text ) } ) ).stdout ).toBe(
				`${ text }ended\n`
			);
		}
		expect( commands.map( ( command ) => command.includes( 'command -v sudo' ) ) ).toEqual( [
			true,
			false,
			false,
		] );
	} );

	test( 'is not taken for run where the connection is lost', async () => {
		const { remote, sshd } = await open( {}, null );
		sshd.cut();
		await expect( remote.run( program, limits ) ).rejects.toMatchObject( { code: 'connection_lost' } );
	} );

	test( 'is bounded in time from when it runs', async () => {
		const { remote } = await open( {
			onExec: ( channel, command ) =>
				channel.write( `AS ${ nonceOf( command ) } root\nREADY ${ nonceOf( command ) }\n` ),
		} );
		await expect( remote.run( program, { signal, timeoutMs: 100 } ) ).rejects.toMatchObject( {
			code: 'server_timed_out',
		} );
	} );

	test( 'that fails leaves it to the next one to find out', async () => {
		let calls = 0;
		const { remote } = await open( {
			onExec( channel, command ) {
				if ( ++calls > 1 ) {
					return runForReal()( channel, command );
				}
				channel.exit( 1 );
				channel.end();
			},
		} );
		await expect( remote.run( program, limits ) ).rejects.toMatchObject( { code: 'sign_in_refused' } );
		expect( ( await remote.run( program, limits ) ).stdout ).toBe( 'ended\n' );
	} );
} );

describe( 'becoming root', () => {
	const says = ( text: ( nonce: string ) => string, heard: Buffer[] = [] ): Behaviour => ( {
		onExec( channel, command ) {
			channel.on( 'data', ( bytes: Buffer ) => heard.push( bytes ) );
			channel.write( text( nonceOf( command ) ) );
		},
	} );

	test( 'sends the password to no server that says it needs none', async () => {
		const heard: Buffer[] = [];
		const { remote } = await open(
			says( ( nonce ) => `AS ${ nonce } sudo\nREADY ${ nonce }\n`, heard ),
			new Secret( 'open sesame' )
		);
		await expect( remote.run( program, { signal, timeoutMs: 300 } ) ).rejects.toMatchObject( {
			code: 'server_timed_out',
		} );
		expect( String( Buffer.concat( heard ) ) ).toContain( 'BEGIN' );
		expect( String( Buffer.concat( heard ) ) ).not.toContain( 'sesame' );
	} );

	test.each( [
		[ 'without sudo', 'no_sudo', { code: 'sudo_refused', detail: { reason: 'no_sudo' } } ],
		[ 'whose sudo wants a password that we do not have', 'sudo_password', { code: 'sudo_password_required' } ],
		[ 'that says something else', 'toor', { code: 'server_answer_not_understood' } ],
	] )( 'stops at a server %s', async ( _title, way, error ) => {
		await expect( first( says( ( nonce ) => `AS ${ nonce } ${ way }\n` ) ) ).rejects.toMatchObject( error );
	} );

	test( 'sends nothing where a password is wanted that we do not have: sudo is not even begun', async () => {
		const heard: Buffer[] = [];
		const wanting = says( ( nonce ) => `AS ${ nonce } user\nAS ${ nonce } sudo_password\n`, heard );
		await expect( first( wanting ) ).rejects.toMatchObject( { code: 'sudo_password_required' } );
		expect( String( Buffer.concat( heard ) ) ).toBe( '' );
	} );

	test( 'counts the questions of sudo, even those that overtake what was said before', async () => {
		const opening = first(
			{
				onExec( channel, command ) {
					const nonce = nonceOf( command );
					channel.stderr.write( `ASK ${ nonce }:` );
					setTimeout( () => {
						channel.write( `AS ${ nonce } user\nAS ${ nonce } sudo_password\n` );
						channel.stderr.write( `ASK ${ nonce }:` );
					}, 50 );
					channel.resume().on( 'end', () => {
						channel.exit( 1 );
						channel.end();
					} );
				},
			},
			new Secret( 'wrong' )
		);
		await expect( opening ).rejects.toMatchObject( { code: 'sudo_refused', detail: { reason: 'wrong_password' } } );
	} );

	test( 'works behind a login script whose last words have no line feed', async () => {
		const { remote } = await open( {
			onExec( channel, command ) {
				channel.write( 'Welcome! ' );
				runForReal()( channel, command );
			},
		} );
		expect( ( await remote.run( program, limits ) ).stdout ).toBe( 'ended\n' );
	} );

	test( 'tells a forced command that waits for its own input from a server that does not answer', async () => {
		const sshd = await startTestSshd( {
			onExec: ( channel ) => void channel.write( 'This service allows sftp connections only.\n' ),
		} );
		closers.push( sshd.stop );
		const client = new ssh2.Client().on( 'error', () => {} );
		closers.push( () => client.end() );
		client.connect( { ...sshd.target, ...( await signInConfig( sshd.target ) ) } );
		await once( client, 'ready' );
		const started = startProgram( client, program, { elevation: 'unknown', sudoPassword: null }, limits );
		await expect( started.running( { signal, timeoutMs: 300 } ) ).rejects.toMatchObject( {
			code: 'server_answer_not_understood',
			detail: { reason: 'no_shell', said: 'This service allows sftp connections only.' },
		} );
	} );

	test( 'believes no server that is ready before it said how', async () => {
		const opening = first( {
			onExec( channel, command ) {
				channel.write( `READY ${ nonceOf( command ) }\n` );
				channel.exit( 0 );
				channel.end();
			},
		} );
		await expect( opening ).rejects.toMatchObject( { code: 'sign_in_refused', detail: { reason: 'no_shell' } } );
	} );

	test( 'cuts off a server that floods instead', async () => {
		const pours: NodeJS.Timeout[] = [];
		closers.push( () => pours.forEach( clearInterval ) );
		const opening = first( {
			onExec: ( channel ) =>
				void pours.push( setInterval( () => channel.write( Buffer.alloc( 65_536, 'x\n' ) ), 1 ) ),
		} );
		await expect( opening ).rejects.toMatchObject( { code: 'server_answer_not_understood' } );
	} );
} );
