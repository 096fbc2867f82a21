import { afterEach, describe, expect, test } from '@jest/globals';
import { GatewayError } from '../errors.ts';
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

describe( 'connect', () => {
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
} );
