import { createPrivateKey, type KeyObject } from 'node:crypto';
import { isPublicKey } from '@email-gateway/shared';
import ssh2 from 'ssh2';
import { KeyProblem } from './key-problem.ts';
import { openSshKey, partsOf } from './openssh-key.ts';
import { isPuttyKey, isPuttyKeyLocked, readPuttyKey } from './putty-key.ts';

/** OpenSSL takes 2,048 where nothing is said, and people some 100,000. */
const mostIterations = 5_000_000;
const ciphers = /^aes(128|192|256)-(cbc|ctr|gcm@openssh\.com)$/;

/** What a key file is, by its looks alone. Errors: KeyProblem public_key_pasted, security_key, format, algorithm. */
export function keyFileOf( text: string ): { kind: 'openssh' | 'pem' | 'putty'; isLocked: boolean } {
	if ( isPublicKey( text ) ) {
		throw new KeyProblem( 'public_key_pasted' );
	}
	if ( isPuttyKey( text ) ) {
		return { kind: 'putty', isLocked: isPuttyKeyLocked( text ) };
	}
	const [ , label = '', body = '' ] =
		/-----BEGIN ([A-Z ]*PRIVATE KEY)-----([\s\S]+)-----END [A-Z ]*PRIVATE KEY-----/.exec( text ) ?? [];
	if ( label !== 'OPENSSH PRIVATE KEY' ) {
		if ( ! /^((RSA|EC|DSA|ENCRYPTED) )?PRIVATE KEY$/.test( label ) ) {
			throw new KeyProblem( 'format' );
		}
		if ( label === 'DSA PRIVATE KEY' ) {
			throw new KeyProblem( 'algorithm', 'DSA' );
		}
		return { kind: 'pem', isLocked: /ENCRYPTED/.test( label + body ) };
	}
	const { cipher, type } = headOf( Buffer.from( body, 'base64' ) );
	if ( type.startsWith( 'sk-' ) ) {
		throw new KeyProblem( 'security_key' );
	}
	if ( ! /^(ssh-rsa|ssh-ed25519|ecdsa-sha2-nistp(256|384|521))$/.test( type ) ) {
		throw new KeyProblem( /^[\x21-\x7e]{1,60}$/.test( type ) ? 'algorithm' : 'format', type );
	}
	if ( cipher !== 'none' && ! ciphers.test( cipher ) ) {
		throw new KeyProblem( 'format' );
	}
	return { kind: 'openssh', isLocked: cipher !== 'none' };
}

/**
 * Opens a key file of any kind: the key in OpenSSH's format, without a passphrase. What a passphrase costs to try is in
 * the file, so this may take seconds. Errors: KeyProblem.
 */
export function openKeyFile( text: string, passphrase: string | null ): string {
	const { kind, isLocked } = keyFileOf( text );
	if ( isLocked && passphrase === null ) {
		throw new KeyProblem( 'passphrase_missing' );
	}
	if ( kind === 'putty' ) {
		return openSshKey( readPuttyKey( text, passphrase ?? '' ) );
	}
	const read = kind === 'openssh' ? readOpenSsh : readPem;
	const key = read( text, isLocked ? passphrase : null );
	const parts = key && partsOf( key );
	if ( ! key ) {
		throw new KeyProblem( isLocked ? 'passphrase_wrong' : 'format' );
	}
	if ( ! parts ) {
		throw new KeyProblem( 'algorithm', String( key.asymmetricKeyDetails?.namedCurve ?? key.asymmetricKeyType ) );
	}
	return openSshKey( parts );
}

function readOpenSsh( text: string, passphrase: string | null ): KeyObject | null {
	const parsed = ssh2.utils.parseKey( text.trim(), passphrase ?? undefined );
	return parsed instanceof Error || ! parsed.isPrivateKey() ? null : readPem( parsed.getPrivatePEM(), null );
}

function readPem( text: string, passphrase: string | null ): KeyObject | null {
	if ( iterationsIn( text ) > mostIterations ) {
		throw new KeyProblem( 'too_costly' );
	}
	try {
		return createPrivateKey( { key: text.trim(), format: 'pem', ...( passphrase !== null && { passphrase } ) } );
	} catch {
		return null;
	}
}

/** How often a passphrase is hashed for PKCS#8 (RFC 8018): the number that follows the salt. */
function iterationsIn( text: string ): number {
	const [ , body = '' ] = /-----BEGIN ENCRYPTED PRIVATE KEY-----([\s\S]+)-----END/.exec( text ) ?? [];
	const head = Buffer.from( body, 'base64' ).subarray( 0, 200 );
	const at = /\x30[\s\S]\x04[\x01-\x40]/.exec( head.toString( 'latin1' ) )?.index ?? 0;
	const number = head.subarray( at + 4 + ( head[ at + 3 ] ?? 0 ) );
	return number[ 0 ] === 2
		? Number.parseInt( number.subarray( 2, 2 + ( number[ 1 ] ?? 0 ) ).toString( 'hex' ), 16 )
		: 0;
}

/** The head of OpenSSH's own format: its magic, the cipher, and the type in the public part, which is not encrypted. */
function headOf( blob: Buffer ): { cipher: string; type: string } {
	const magic = 'openssh-key-v1\0';
	let at = magic.length;
	const string = () => {
		if ( at + 4 > blob.length ) {
			throw new KeyProblem( 'format' );
		}
		const from = at + 4;
		at = from + blob.readUInt32BE( at );
		return blob.subarray( from, at );
	};
	if ( blob.subarray( 0, at ).toString( 'latin1' ) !== magic ) {
		throw new KeyProblem( 'format' );
	}
	const [ cipher = '' ] = [ string(), string(), string() ].map( ( bytes ) => bytes.toString( 'latin1' ) );
	at += 4; // the number of keys
	const open = string();
	const length = open.length < 4 ? 0 : open.readUInt32BE( 0 );
	return { cipher, type: open.subarray( 4, 4 + length ).toString( 'latin1' ) };
}
