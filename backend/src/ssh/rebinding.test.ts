import { afterEach, expect, jest, test } from '@jest/globals';
import { createServer } from 'node:net';
import { Secret } from '../vault/secret.ts';
import type { SshTarget } from './target.ts';

// What a resolver answers cannot be arranged on a machine that has no domain; everything behind it is real.
const answers: string[][] = [];
let asked = 0;
jest.unstable_mockModule( 'node:dns/promises', () => ( {
	lookup: async ( host: string ) =>
		host === 'silent.example'
			? new Promise( () => {} )
			: ( answers[ Math.min( asked++, answers.length - 1 ) ] ?? [] ).map( ( address ) => ( { address } ) ),
} ) );
const { connect } = await import( './connect.ts' );
const { startTestSshd } = await import( './test-sshd.ts' );

const { signal } = new AbortController();
afterEach( () => {
	answers.length = 0;
	asked = 0;
} );

test( 'a name that points elsewhere after it was judged is not asked again', async () => {
	const sshd = await startTestSshd();
	let reached = 0;
	// the same port of another address, as an attacker who answers for the name would arrange it
	const inner = createServer( ( socket ) => {
		reached++;
		socket.destroy();
	} );
	await new Promise< void >( ( resolve ) => inner.listen( sshd.target.port, '127.0.0.2', resolve ) );
	answers.push( [ '127.0.0.1' ], [ '127.0.0.2' ] );
	try {
		const remote = await connect( { ...sshd.target, host: 'flips.example' }, { signal } );
		expect( ( await remote.run( 'echo here', { signal, timeoutMs: 5_000 } ) ).stdout ).toBe( 'here\n' );
		remote.close();
		expect( { asked, reached } ).toEqual( { asked: 1, reached: 0 } );
		// and the other address does answer, had anybody dialled it
		await expect( connect( { ...sshd.target, host: 'flips.example' }, { signal } ) ).rejects.toMatchObject( {
			code: 'ssh_not_spoken',
		} );
		expect( { asked, reached } ).toEqual( { asked: 2, reached: 1 } );
	} finally {
		inner.close();
		await sshd.stop();
	}
} );

test( 'a name that nobody answers for is waited for no longer than its caller waits', async () => {
	const limit = AbortSignal.timeout( 100 );
	const target = {
		host: 'silent.example',
		port: 22,
		user: 'root',
		signIn: { kind: 'password', password: new Secret( 'x' ) },
	} as const;
	const more = { sudoPassword: null, pinnedFingerprint: null, mayReachLocalAddresses: false };
	await expect( connect( { ...target, ...more }, { signal: limit } ) ).rejects.toMatchObject( {
		name: 'TimeoutError',
	} );
} );

test.each( [
	[ 'the metadata service', [ '169.254.169.254' ], 'metadata' ],
	[ 'loopback beside a public address', [ '203.0.113.7', '127.0.0.1' ], 'local' ],
	[ 'a private address in the form of IPv6', [ '::ffff:10.0.0.1' ], 'private' ],
] )( 'a name that now means %s is refused to a customer', async ( _what, addresses, kind ) => {
	answers.push( addresses );
	const target: SshTarget = {
		host: 'flips.example',
		port: 22,
		user: 'root',
		signIn: { kind: 'password', password: new Secret( 'x' ) },
		sudoPassword: null,
		pinnedFingerprint: null,
		mayReachLocalAddresses: false,
	};
	await expect( connect( target, { signal } ) ).rejects.toMatchObject( {
		code: 'server_address_refused',
		detail: { kind },
	} );
} );
