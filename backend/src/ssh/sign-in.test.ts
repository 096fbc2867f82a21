import { describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ParsedKey } from 'ssh2';
import { Secret } from '../vault/secret.ts';
import { signInConfig } from './sign-in.ts';
import type { SshTarget } from './target.ts';

/** A key as ssh-keygen makes it. */
const keygen = ( type: string, passphrase: string, format: 'RFC4716' | 'PEM' = 'RFC4716' ): string => {
	const folder = mkdtempSync( join( tmpdir(), 'email-gateway-test-' ) );
	try {
		const file = join( folder, 'key' );
		execFileSync( 'ssh-keygen', [ '-q', '-t', type, '-m', format, '-N', passphrase, '-f', file ] );
		return readFileSync( file, 'utf8' );
	} finally {
		rmSync( folder, { recursive: true } );
	}
};

const config = ( privateKey: string, passphrase: string | null ) => {
	const target: SshTarget = {
		host: 'server.example',
		port: 22,
		user: 'deploy',
		signIn: {
			kind: 'key',
			privateKey: new Secret( privateKey ),
			passphrase: passphrase === null ? null : new Secret( passphrase ),
		},
		sudoPassword: null,
		pinnedFingerprint: null,
		mayReachLocalAddresses: true,
	};
	return signInConfig( target );
};
const reasonOf = ( act: () => unknown ) => {
	try {
		act();
	} catch ( error ) {
		return ( error as { code: string; detail: { reason: string } } ).detail.reason;
	}
	return 'none';
};

describe.each( [
	[ 'ed25519', 'RFC4716' ],
	[ 'rsa', 'RFC4716' ],
	[ 'rsa', 'PEM' ],
	[ 'ecdsa', 'PEM' ],
] as const )( 'a private key of type %s in the format %s', ( type, format ) => {
	const open = keygen( type, '', format );
	const locked = keygen( type, 'correct horse', format );

	test( 'is read without a passphrase, and only it is offered', () => {
		expect( config( open, null ) ).toEqual( {
			username: 'deploy',
			authHandler: [ { type: 'publickey', username: 'deploy', key: expect.anything() } ],
		} );
	} );
	test( 'is read with its passphrase', () => {
		const { authHandler } = config( locked, 'correct horse' ) as unknown as { authHandler: [ { key: ParsedKey } ] };
		expect( authHandler[ 0 ].key.sign( Buffer.from( 'anything' ) ) ).toBeInstanceOf( Buffer );
	} );
	test( 'says what is wrong with the passphrase', () => {
		expect( reasonOf( () => config( locked, null ) ) ).toBe( 'passphrase_missing' );
		expect( reasonOf( () => config( locked, 'wrong' ) ) ).toBe( 'passphrase_wrong' );
	} );
	test( 'says that it is damaged', () => {
		const middle = open.length / 2;
		const damaged = open.slice( 0, middle ) + open.slice( middle + 60 );
		expect( reasonOf( () => config( damaged, null ) ) ).toBe( 'not_understood' );
	} );
} );
