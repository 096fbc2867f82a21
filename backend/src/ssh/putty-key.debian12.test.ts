import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret } from '../vault/secret.ts';
import { connect } from './connect.ts';
import { readPrivateKey } from './private-key.ts';
import type { Remote } from './remote.ts';
import type { SshTarget } from './target.ts';
import { connectTo, serverOf, targetOf } from './test-servers.ts';

jest.setTimeout( 120_000 );

const passphrase = 'correct horse ü';
const limits = () => ( { signal: AbortSignal.timeout( 60_000 ), timeoutMs: 30_000 } );
let folder = '';
let target: SshTarget;
let root: Remote;
beforeAll( async () => {
	folder = mkdtempSync( join( tmpdir(), 'email-gateway-putty-' ) );
	writeFileSync( join( folder, 'word' ), passphrase );
	writeFileSync( join( folder, 'none' ), '' );
	const server = serverOf( 'debian12' );
	target = await targetOf( server );
	root = await connectTo( server );
	await root.run( 'cp /root/.ssh/authorized_keys /root/.ssh/kept', limits() );
} );
afterAll( async () => {
	await root.run( 'mv /root/.ssh/kept /root/.ssh/authorized_keys', limits() );
	root.close();
	rmSync( folder, { recursive: true } );
} );

let made = 0;
/** A key that PuTTY's own program makes, and its public half as that tells it. */
function puttygen( kind: readonly string[], version: 2 | 3, word: 'word' | 'none' ) {
	const file = join( folder, `${ made++ }.ppk` );
	const params = version === 3 ? 'version=3,memory=1024,passes=2' : 'version=2';
	const secret = join( folder, word );
	execFileSync( 'puttygen', [ '-q', ...kind, '-o', file, '--ppk-param', params, '--new-passphrase', secret ] );
	const line = execFileSync( 'puttygen', [ file, '-O', 'public-openssh', '--old-passphrase', secret ] ).toString();
	return { text: readFileSync( file, 'utf8' ), line, blob: line.split( ' ' )[ 1 ] };
}
const secretOf = ( word: string ) => ( word === 'word' ? new Secret( passphrase ) : null );
const reasonOf = ( text: string, word: string | null ) =>
	readPrivateKey( new Secret( text ), word === null ? null : new Secret( word ) ).then(
		() => 'none',
		( { detail }: { detail: { reason: string } } ) => detail.reason
	);

describe.each( [
	[ 'ed25519', [ '-t', 'ed25519' ] ],
	[ 'rsa', [ '-t', 'rsa', '-b', '2048' ] ],
	[ 'ecdsa 256', [ '-t', 'ecdsa', '-b', '256' ] ],
	[ 'ecdsa 521', [ '-t', 'ecdsa', '-b', '521' ] ],
] )( 'a key of PuTTY, %s', ( _name, kind ) => {
	test.each( [
		[ 2, 'none' ],
		[ 2, 'word' ],
		[ 3, 'none' ],
		[ 3, 'word' ],
	] as const )( 'in version %s with passphrase: %s, signs in to a real sshd', async ( version, word ) => {
		const { text, line, blob } = puttygen( kind, version, word );
		const key = await readPrivateKey( new Secret( text ), secretOf( word ) );
		expect( key.getPublicSSH().toString( 'base64' ) ).toBe( blob );

		await root.run( 'cat >>/root/.ssh/authorized_keys', { ...limits(), stdin: Buffer.from( line ) } );
		const signIn = { kind: 'key', privateKey: new Secret( text ), passphrase: secretOf( word ) } as const;
		const remote = await connect( { ...target, signIn }, limits() );
		expect( ( await remote.run( 'id -u', limits() ) ).stdout ).toBe( '0\n' );
		remote.close();
	} );

	test( 'says what is wrong with it', async () => {
		for ( const version of [ 2, 3 ] as const ) {
			const { text } = puttygen( kind, version, 'word' );
			expect( await reasonOf( text, null ) ).toBe( 'passphrase_missing' );
			expect( await reasonOf( text, 'wrong' ) ).toBe( 'passphrase_wrong' );
			const open = puttygen( kind, version, 'none' ).text;
			expect( await reasonOf( open.replace( /^Comment: .*/m, 'Comment: another' ), null ) ).toBe( 'format' );
		}
		const costly = puttygen( kind, 3, 'word' ).text.replace( /^Argon2-Memory: .*/m, 'Argon2-Memory: 4000000' );
		expect( await reasonOf( costly, passphrase ) ).toBe( 'too_costly' );
	} );
} );
