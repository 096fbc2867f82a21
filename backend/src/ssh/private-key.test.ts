import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret } from '../vault/secret.ts';
import { readPrivateKey, refuseUnreadable } from './private-key.ts';

const passphrase = 'correct horse ü';
let folder = '';
beforeAll( () => {
	folder = mkdtempSync( join( tmpdir(), 'email-gateway-keys-' ) );
} );
afterAll( () => rmSync( folder, { recursive: true } ) );

let made = 0;
const place = () => join( folder, String( made++ ) );
const run = ( program: string, args: readonly string[] ) =>
	execFileSync( program, args, { env: { ...process.env, WORD: passphrase }, stdio: [ 'ignore', 'pipe', 'pipe' ] } );

/** A key pair by ssh-keygen, and its public half as ssh-keygen tells it. */
function keygen( type: string, { format = 'RFC4716', word = '', more = [] as string[] } = {} ) {
	const file = place();
	run( 'ssh-keygen', [ '-q', '-t', type, '-m', format, '-N', word, '-f', file, ...more ] );
	const [ kind = '', blob = '' ] = readFileSync( `${ file }.pub`, 'utf8' ).split( ' ' );
	return { file, text: readFileSync( file, 'utf8' ), kind, blob };
}

/** The same key as PKCS#8, by OpenSSL: plain, or encrypted in the ways that programs use. */
function pkcs8( type: string, encryption: readonly string[] = [] ) {
	const pem = place();
	const ways: Record< string, string[] > = {
		ed25519: [ 'genpkey', '-algorithm', 'ed25519' ],
		rsa: [ 'genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048' ],
		ecdsa: [ 'genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256' ],
	};
	run( 'openssl', [ ...( ways[ type ] ?? [] ), '-out', pem ] );
	const text = encryption.length
		? run( 'openssl', [ 'pkcs8', '-topk8', '-in', pem, '-passout', 'env:WORD', ...encryption ] ).toString()
		: readFileSync( pem, 'utf8' );
	return { text, public: run( 'openssl', [ 'pkey', '-in', pem, '-pubout' ] ).toString() };
}

const read = ( text: string, word: string | null ) =>
	readPrivateKey( new Secret( text ), word === null ? null : new Secret( word ) );
const reasonOf = ( text: string, word: string | null ) =>
	read( text, word ).then(
		() => 'none',
		( error: { code: string; detail: { reason: string } } ) => `${ error.code } ${ error.detail.reason }`
	);
const blobOf = async ( text: string, word: string | null ) =>
	( await read( text, word ) ).getPublicSSH().toString( 'base64' );

describe.each( [
	[ 'ed25519', 'RFC4716', [] ],
	[ 'rsa', 'RFC4716', [] ],
	[ 'rsa', 'PEM', [] ],
	[ 'ecdsa', 'RFC4716', [ '-b', '256' ] ],
	[ 'ecdsa', 'PEM', [ '-b', '384' ] ],
	[ 'ecdsa', 'RFC4716', [ '-b', '521' ] ],
	[ 'rsa', 'PKCS8', [] ],
	[ 'ecdsa', 'PKCS8', [ '-b', '521' ] ],
] )( 'a key of ssh-keygen -t %s -m %s %j', ( type, format, more ) => {
	test( 'is read as it is, with Windows line ends and without the last one', async () => {
		const { text, blob } = keygen( type, { format, more } );
		expect( await blobOf( text, null ) ).toBe( blob );
		expect( await blobOf( text.replaceAll( '\n', '\r\n' ), null ) ).toBe( blob );
		expect( await blobOf( ` ${ text.trimEnd() }`, 'not needed' ) ).toBe( blob );
	} );

	test( 'is read with its passphrase, and says what is wrong with it', async () => {
		const { text, blob } = keygen( type, { format, more, word: passphrase } );
		expect( await blobOf( text, passphrase ) ).toBe( blob );
		expect( await reasonOf( text, null ) ).toBe( 'private_key_unreadable passphrase_missing' );
		expect( await reasonOf( text, 'wrong' ) ).toBe( 'private_key_unreadable passphrase_wrong' );
	}, 180_000 );

	test( 'says that it is damaged', async () => {
		const { text } = keygen( type, { format, more } );
		const middle = text.length / 2;
		expect( await reasonOf( text.slice( 0, middle ) + text.slice( middle + 60 ), null ) ).toBe(
			'private_key_unreadable format'
		);
	} );
} );

describe.each( [ 'ed25519', 'rsa', 'ecdsa' ] )( 'a key of openssl genpkey, %s', ( type ) => {
	const blobOfPublic = ( pem: string ) => {
		const file = place();
		writeFileSync( file, pem );
		return pem === ''
			? ''
			: run( 'ssh-keygen', [ '-i', '-m', 'PKCS8', '-f', file ] ).toString().split( ' ' )[ 1 ]?.trim();
	};
	test.each( [
		[ 'plain', [] ],
		[ 'PBES2', [ '-v2', 'aes-256-cbc' ] ],
		[ 'scrypt', [ '-scrypt' ] ],
		[ 'the old PBE', [ '-v1', 'PBE-SHA1-3DES' ] ],
	] )(
		'as PKCS#8, %s',
		async ( name, encryption ) => {
			const made = pkcs8( type, encryption );
			const parsed = await read( made.text, encryption.length ? passphrase : null );
			// ssh-keygen reads no Ed25519 in that form: what is signed is verified by OpenSSL's own public half instead
			const told =
				type === 'ed25519'
					? parsed.getPublicPEM().replace( /\s/g, '' )
					: parsed.getPublicSSH().toString( 'base64' );
			expect( told ).toBe( type === 'ed25519' ? made.public.replace( /\s/g, '' ) : blobOfPublic( made.public ) );
			if ( encryption.length ) {
				expect( await reasonOf( made.text, null ) ).toBe( 'private_key_unreadable passphrase_missing' );
				expect( await reasonOf( made.text, 'wrong' ) ).toBe( 'private_key_unreadable passphrase_wrong' );
			}
			expect( name ).not.toBe( '' );
		},
		60_000
	);
} );

describe( 'what is no key to sign in with is told as what it is', () => {
	test( 'the public half, in each of its forms', () => {
		const { file, kind, blob } = keygen( 'rsa' );
		const forms = [ 'RFC4716', 'PKCS8', 'PEM' ].map( ( form ) =>
			run( 'ssh-keygen', [ '-e', '-m', form, '-f', `${ file }.pub` ] ).toString()
		);
		for ( const text of [ `${ kind } ${ blob } me@home`, ...forms ] ) {
			expect( () => refuseUnreadable( text, null ) ).toThrow(
				expect.objectContaining( { detail: { reason: 'public_key_pasted' } } )
			);
		}
	} );

	test( 'the file of a security key, which is of no use without the device', async () => {
		// as ssh-keygen writes it: the same container, with a type that begins with sk-
		const string = ( value: string ) => {
			const length = Buffer.alloc( 4 );
			length.writeUInt32BE( value.length );
			return Buffer.concat( [ length, Buffer.from( value, 'latin1' ) ] );
		};
		const open =
			string( 'sk-ssh-ed25519@openssh.com' ).toString( 'latin1' ) +
			string( 'x'.repeat( 32 ) ).toString( 'latin1' );
		const blob = Buffer.concat( [
			Buffer.from( 'openssh-key-v1\0' ),
			...[ 'none', 'none', '' ].map( string ),
			Buffer.of( 0, 0, 0, 1 ),
			string( open ),
			string( 'x'.repeat( 64 ) ),
		] ).toString( 'base64' );
		const text = `-----BEGIN OPENSSH PRIVATE KEY-----\n${ blob }\n-----END OPENSSH PRIVATE KEY-----\n`;
		expect( await reasonOf( text, null ) ).toBe( 'private_key_unreadable security_key' );
	} );

	test( 'a curve that SSH has not', async () => {
		const pem = run( 'openssl', [
			'genpkey',
			'-algorithm',
			'EC',
			'-pkeyopt',
			'ec_paramgen_curve:secp256k1',
		] ).toString();
		expect( await reasonOf( pem, null ) ).toBe( 'private_key_unreadable algorithm' );
	} );

	test( 'a file whose passphrase was made to cost us', async () => {
		const { text } = pkcs8( 'ed25519', [ '-v2', 'aes-256-cbc', '-iter', '65537' ] );
		const [ first = '', ...rest ] = text.trim().split( '\n' );
		const der = Buffer.from( rest.slice( 0, -1 ).join( '' ), 'base64' ).toString( 'hex' );
		const costly = Buffer.from( der.replace( '0203010001', '02037fffff' ), 'hex' ).toString( 'base64' );
		expect( await reasonOf( `${ first }\n${ costly }\n${ rest.at( -1 ) }\n`, 'any' ) ).toBe(
			'private_key_unreadable too_costly'
		);
	}, 180_000 );
} );

test( 'other work goes on while a passphrase is tried', async () => {
	const { text } = keygen( 'ed25519', { word: passphrase, more: [ '-a', '64' ] } );
	let turns = 0;
	const timer = setInterval( () => turns++, 10 );
	await read( text, passphrase );
	clearInterval( timer );
	expect( turns ).toBeGreaterThan( 5 );
}, 60_000 );
