import { expect, test } from '@jest/globals';
import ssh2 from 'ssh2';
import { describeHostKey, sameFingerprint } from './host-key.ts';
import { makeManagedKey } from './key-pair.ts';

// made by ssh-keygen; the fingerprint is what `ssh-keygen -lf` printed for it
const publicKey = 'AAAAC3NzaC1lZDI1NTE5AAAAIKhiWAK4br+H0N2zZMR4RKxAab6FFKhWW9BHSx6OBoWa';

test( 'a fingerprint is written as ssh-keygen prints it', () => {
	expect( describeHostKey( Buffer.from( publicKey, 'base64' ) ) ).toEqual( {
		fingerprint: 'SHA256:jPODp2hAJHmk1+T7/4Drnnp6DvvkFu22EttfahYRjxw',
		algorithm: 'ssh-ed25519',
	} );
} );

test( 'a broken key blob has a fingerprint and no algorithm', () => {
	expect( describeHostKey( Buffer.from( [ 0, 0 ] ) ).algorithm ).toBe( '' );
} );

test( 'fingerprints differ by length or by one letter', () => {
	expect( sameFingerprint( 'SHA256:abc', 'SHA256:abc' ) ).toBe( true );
	expect( sameFingerprint( 'SHA256:abc', 'SHA256:abd' ) ).toBe( false );
	expect( sameFingerprint( 'SHA256:abc', 'SHA256:abcd' ) ).toBe( false );
} );

test( 'a managed key is one line to paste, and its private part does not print', () => {
	const { privateKey, publicKey: line } = makeManagedKey( 'email-gateway server 12' );
	expect( line ).toMatch( /^ssh-ed25519 [A-Za-z0-9+/]{68} email-gateway server 12$/ );
	expect( String( privateKey ) ).toBe( '***' );
	expect( privateKey.reveal() ).toMatch( /^-----BEGIN OPENSSH PRIVATE KEY-----\n/ );
	expect( () => makeManagedKey( 'two\nlines' ) ).toThrow( TypeError );
} );

test( 'every managed key can be read, although one in 256 of ssh2’s cannot', () => {
	const keys = Array.from( { length: 600 }, () => makeManagedKey( 'x' ) );
	const unreadable = keys.filter( ( { privateKey } ) => ssh2.utils.parseKey( privateKey.reveal() ) instanceof Error );
	expect( unreadable ).toEqual( [] );
	expect( keys.every( ( { publicKey } ) => /^ssh-ed25519 [A-Za-z0-9+/]{68} x$/.test( publicKey ) ) ).toBe( true );
} );
