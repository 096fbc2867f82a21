import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import type { GatewayError } from '../errors.ts';
import { connect } from '../ssh/connect.ts';
import { makeManagedKey } from '../ssh/key-pair.ts';
import type { Remote } from '../ssh/remote.ts';
import type { SshTarget } from '../ssh/target.ts';
import { serverOf, targetOf } from '../ssh/test-servers.ts';
import { beginOn, follower, install, planFor, removeIfThere, say, stateOf } from './test-gateway.ts';

jest.setTimeout( 300_000 );

const limits = () => ( { signal: AbortSignal.timeout( 60_000 ) } );
const file = '/etc/ssh/sshd_config.d/narrow.conf';

describe( 'an sshd that was restricted by hand, on a real debian13', () => {
	const server = serverOf( 'debian13' );
	let target: SshTarget;
	/** Open all the while: what sshd is told later does not concern it. */
	let root: Remote;
	let before: string[];
	const open: Remote[] = [];

	const restrict = async ( lines: string ) => {
		await say( root, `printf '%b' '${ lines }' >${ file } && systemctl reload ssh && sleep 1` );
	};
	const connected = async ( change: Partial< SshTarget > = {} ) => {
		const remote = await connect( { ...target, ...change }, limits() );
		open.push( remote );
		return remote;
	};
	const refusal = ( change: Partial< SshTarget > = {} ) =>
		connected( change )
			.then( ( remote ) => say( remote, ':' ) )
			.then(
				() => null,
				( error: GatewayError ) => error
			);

	beforeAll( async () => {
		target = await targetOf( server );
		( { remote: root, before } = await beginOn( server ) );
	} );
	afterEach( async () => {
		open.splice( 0 ).forEach( ( remote ) => remote.close() );
		await say( root, `rm -f ${ file }; systemctl reload ssh; sleep 1` );
		await removeIfThere( root );
	} );
	afterAll( () => root.close() );

	test( 'one session at a time is enough to install, and to cancel an install', async () => {
		await restrict( 'MaxSessions 1\\n' );
		const remote = await connected();
		const stop = new AbortController();
		const follow = follower( {
			cancel: stop.signal,
			onStep: ( line ) => line === 'packages started' && stop.abort(),
		} );
		await expect( install( remote, follow ) ).rejects.toMatchObject( { code: 'cancelled', changed: 'undone' } );
		expect( await stateOf( remote ) ).toEqual( [ ...before, ...( await own( remote ) ) ].sort() );

		await install( remote );
		expect( ( await planFor( remote ) ).steps ).toEqual( [] );
	} );
	/** What the restriction itself adds to the state. */
	const own = async ( remote: Remote ) =>
		( await stateOf( remote ) ).filter( ( line ) => line.includes( file ) && ! before.includes( line ) );

	test( 'two sessions and no forwarding carry many connections, in turn', async () => {
		await restrict( 'MaxSessions 2\\nAllowTcpForwarding no\\n' );
		const remote = await connected();
		const greetings = await Promise.all(
			Array.from( { length: 5 }, async () => {
				const stream = await remote.forward( { host: '127.0.0.1', port: 22 }, limits() );
				const [ bytes ] = ( await once( stream, 'data' ) ) as [ Buffer ];
				stream.destroy();
				return bytes.toString( 'latin1' ).slice( 0, 8 );
			} )
		);
		expect( greetings ).toEqual( Array( 5 ).fill( 'SSH-2.0-' ) );
	} );

	test( 'no session at all is told as that, and not as a connection that was lost', async () => {
		await restrict( 'MaxSessions 0\\n' );
		expect( await refusal() ).toMatchObject( { code: 'session_refused', detail: { said: 'open failed' } } );
	} );

	test( 'no algorithm in common is told as that', async () => {
		await restrict( 'Ciphers 3des-cbc\\n' );
		expect( await refusal() ).toMatchObject( {
			code: 'ssh_nothing_in_common',
			detail: { said: expect.stringContaining( 'cipher' ) },
		} );
	} );

	test( 'too many connections of others are told as that', async () => {
		await restrict( 'MaxStartups 1\\n' );
		const other = connectTcp( target.port, target.host );
		await once( other, 'data' );
		expect( await refusal() ).toMatchObject( {
			code: 'ssh_refused_for_now',
			detail: { said: 'Not allowed at this time' },
		} );
		other.destroy();
	} );

	test( 'an address that is barred after failed sign-ins is told as that', async () => {
		await restrict( 'PerSourcePenalties authfail:120s min:1s\\n' );
		const { privateKey } = makeManagedKey( 'unknown there' );
		const failed = await refusal( { signIn: { kind: 'key', privateKey, passphrase: null } } );
		expect( failed ).toMatchObject( { code: 'sign_in_refused' } );
		// sshd bars the address once its child has ended, which takes a moment on a busy server
		let barred = null;
		for ( let tries = 0; tries < 10 && barred === null; tries++ ) {
			barred = await refusal();
		}
		expect( barred ).toMatchObject( {
			code: 'ssh_refused_for_now',
			detail: { said: 'Not allowed at this time' },
		} );
	} );
} );
