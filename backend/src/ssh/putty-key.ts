import { argon2Sync, createDecipheriv, createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { KeyProblem } from './key-problem.ts';
import type { KeyParts } from './openssh-key.ts';

/** PuTTY takes 8 MiB and some ten passes. What costs much more than that was made to cost us. */
const most = { memoryKib: 262_144, memoryPasses: 4_194_304 };

interface File {
	version: 2 | 3;
	type: string;
	encryption: string;
	comment: string;
	publicBlob: Buffer;
	privateBlob: Buffer;
	mac: string;
	headers: ReadonlyMap< string, string >;
}

export const isPuttyKey = ( text: string ): boolean => /^\s*PuTTY-User-Key-File-[23]: /.test( text );

/** Whether it has a passphrase. Errors: KeyProblem format. */
export const isPuttyKeyLocked = ( text: string ): boolean => parse( text ).encryption !== 'none';

/**
 * Reads a private key as PuTTY's appendix C describes its files, of version 2 and 3.
 * Errors: KeyProblem passphrase_wrong, format, algorithm, too_costly.
 */
export function readPuttyKey( text: string, passphrase: string ): KeyParts {
	const file = parse( text );
	const isLocked = file.encryption !== 'none';
	const { cipherKey, iv, macKey } = isLocked || file.version === 2 ? keysOf( file, passphrase ) : noKeys;
	let plain = file.privateBlob;
	if ( isLocked ) {
		if ( plain.length % 16 !== 0 ) {
			throw new KeyProblem( 'format' );
		}
		const decipher = createDecipheriv( 'aes-256-cbc', cipherKey, iv ).setAutoPadding( false );
		plain = Buffer.concat( [ decipher.update( plain ), decipher.final() ] );
	}
	const hmac = createHmac( file.version === 3 ? 'sha256' : 'sha1', macKey );
	for ( const part of [ file.type, file.encryption, file.comment, file.publicBlob, plain ] ) {
		const bytes = Buffer.from( part as Buffer );
		const length = Buffer.alloc( 4 );
		length.writeUInt32BE( bytes.length );
		hmac.update( length ).update( bytes );
	}
	const told = Buffer.from( file.mac, 'hex' );
	const found = hmac.digest();
	if ( told.length !== found.length || ! timingSafeEqual( told, found ) ) {
		throw new KeyProblem( isLocked ? 'passphrase_wrong' : 'format' );
	}
	return partsIn( file.type, file.publicBlob, plain );
}

function parse( text: string ): File {
	const lines = text.trim().split( /\r\n|\r|\n/ );
	const headers = new Map< string, string >();
	const blobs = new Map< string, Buffer >();
	for ( let at = 0; at < lines.length; at++ ) {
		const [ , name = '', value = '' ] = /^([A-Za-z0-9-]{1,40}): ?(.*)$/.exec( lines[ at ] ?? '' ) ?? [];
		headers.set( name, value );
		if ( name.endsWith( '-Lines' ) && /^\d{1,3}$/.test( value ) ) {
			blobs.set( name, Buffer.from( lines.slice( at + 1, at + 1 + Number( value ) ).join( '' ), 'base64' ) );
			at += Number( value );
		}
	}
	const version = headers.has( 'PuTTY-User-Key-File-3' ) ? 3 : 2;
	const encryption = headers.get( 'Encryption' ) ?? '';
	const [ publicBlob, privateBlob ] = [ blobs.get( 'Public-Lines' ), blobs.get( 'Private-Lines' ) ];
	const mac = headers.get( 'Private-MAC' ) ?? '';
	if ( ! publicBlob || ! privateBlob || ! /^[0-9a-f]+$/.test( mac ) || ! /^(none|aes256-cbc)$/.test( encryption ) ) {
		throw new KeyProblem( 'format' );
	}
	const type = headers.get( `PuTTY-User-Key-File-${ version }` ) ?? '';
	return {
		version,
		type,
		encryption,
		comment: headers.get( 'Comment' ) ?? '',
		publicBlob,
		privateBlob,
		mac,
		headers,
	};
}

const noKeys = { cipherKey: Buffer.alloc( 0 ), iv: Buffer.alloc( 0 ), macKey: Buffer.alloc( 0 ) };

function keysOf( { version, encryption, headers }: File, passphrase: string ): typeof noKeys {
	if ( version === 2 ) {
		const sha1 = ( ...parts: ( string | Buffer )[] ) =>
			parts.reduce( ( hash, part ) => hash.update( part ), createHash( 'sha1' ) ).digest();
		const counted = [ 0, 1 ].map( ( count ) => sha1( Buffer.of( 0, 0, 0, count ), passphrase ) );
		return {
			cipherKey: Buffer.concat( counted ).subarray( 0, 32 ),
			iv: Buffer.alloc( 16 ),
			macKey: sha1( 'putty-private-key-file-mac-key', encryption === 'none' ? '' : passphrase ),
		};
	}
	const algorithm = ( headers.get( 'Key-Derivation' ) ?? '' ).toLowerCase();
	const [ memory, passes, parallelism ] = [ 'Memory', 'Passes', 'Parallelism' ].map( ( name ) =>
		Number( headers.get( `Argon2-${ name }` ) )
	) as [ number, number, number ];
	const nonce = Buffer.from( headers.get( 'Argon2-Salt' ) ?? '', 'hex' );
	const isNumber = [ memory, passes, parallelism ].every( ( value ) => Number.isInteger( value ) && value > 0 );
	if ( ! /^argon2(i|d|id)$/.test( algorithm ) || ! isNumber || nonce.length < 8 || parallelism > 64 ) {
		throw new KeyProblem( 'format' );
	}
	if ( memory > most.memoryKib || memory * passes > most.memoryPasses ) {
		throw new KeyProblem( 'too_costly' );
	}
	const options = { message: passphrase, nonce, parallelism, tagLength: 80, memory, passes };
	const derived = argon2Sync( algorithm as 'argon2id', options );
	return { cipherKey: derived.subarray( 0, 32 ), iv: derived.subarray( 32, 48 ), macKey: derived.subarray( 48, 80 ) };
}

function partsIn( type: string, publicBlob: Buffer, privateBlob: Buffer ): KeyParts {
	const [ named, ...open ] = stringsIn( publicBlob );
	const secret = stringsIn( privateBlob );
	if ( named?.toString( 'latin1' ) !== type ) {
		throw new KeyProblem( 'format' );
	}
	const need = ( list: readonly Buffer[], at: number ): Buffer => {
		const part = list[ at ];
		if ( part === undefined ) {
			throw new KeyProblem( 'format' );
		}
		return part;
	};
	if ( type === 'ssh-rsa' ) {
		const [ e, n ] = [ need( open, 0 ), need( open, 1 ) ];
		const [ d, p, q, iqmp ] = [ 0, 1, 2, 3 ].map( ( at ) => need( secret, at ) ) as [
			Buffer,
			Buffer,
			Buffer,
			Buffer,
		];
		return { type, n, e, d, iqmp, p, q };
	}
	if ( type === 'ssh-ed25519' ) {
		return { type, publicKey: need( open, 0 ), seed: leftFilled( need( secret, 0 ), 32 ) };
	}
	if ( /^ecdsa-sha2-nistp(256|384|521)$/.test( type ) ) {
		return { type: type as 'ecdsa-sha2-nistp256', point: need( open, 1 ), d: need( secret, 0 ) };
	}
	throw new KeyProblem( 'algorithm', type );
}

const leftFilled = ( bytes: Buffer, length: number ) =>
	Buffer.concat( [ Buffer.alloc( Math.max( 0, length - bytes.length ) ), bytes ] ).subarray( -length );

/** All strings of a blob; the padding of a cipher at its end is none. */
function stringsIn( blob: Buffer ): Buffer[] {
	const strings: Buffer[] = [];
	for ( let at = 0; at + 4 <= blob.length;  ) {
		const end = at + 4 + blob.readUInt32BE( at );
		if ( end > blob.length ) {
			break;
		}
		strings.push( blob.subarray( at + 4, end ) );
		at = end;
	}
	return strings;
}
