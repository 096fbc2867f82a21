import { randomBytes, type KeyObject } from 'node:crypto';

/** The parts of a private key as SSH names and orders them; numbers are big-endian, without a sign byte. */
export type KeyParts =
	| { type: 'ssh-ed25519'; publicKey: Buffer; seed: Buffer }
	| { type: `ecdsa-sha2-nistp${ 256 | 384 | 521 }`; point: Buffer; d: Buffer }
	| { type: 'ssh-rsa'; n: Buffer; e: Buffer; d: Buffer; iqmp: Buffer; p: Buffer; q: Buffer };

const curves: Record< string, 256 | 384 | 521 > = { 'P-256': 256, 'P-384': 384, 'P-521': 521 };

/** The parts of a key that Node has read; null where SSH signs with no such key. */
export function partsOf( key: KeyObject ): KeyParts | null {
	if ( ! [ 'rsa', 'ec', 'ed25519' ].includes( String( key.asymmetricKeyType ) ) ) {
		return null;
	}
	const jwk = key.export( { format: 'jwk' } ) as Record< string, string >;
	const part = ( name: string ) => Buffer.from( jwk[ name ] ?? '', 'base64url' );
	if ( jwk.kty === 'OKP' ) {
		return { type: 'ssh-ed25519', publicKey: part( 'x' ), seed: part( 'd' ) };
	}
	if ( jwk.kty === 'RSA' ) {
		const [ n, e, d, iqmp, p, q ] = [ 'n', 'e', 'd', 'qi', 'p', 'q' ].map( part ) as [
			Buffer,
			Buffer,
			Buffer,
			Buffer,
			Buffer,
			Buffer,
		];
		return { type: 'ssh-rsa', n, e, d, iqmp, p, q };
	}
	const bits = curves[ jwk.crv ?? '' ];
	const point = Buffer.concat( [ Buffer.of( 4 ), part( 'x' ), part( 'y' ) ] );
	return bits ? { type: `ecdsa-sha2-nistp${ bits }`, point, d: part( 'd' ) } : null;
}

const uint32 = ( value: number ) => {
	const bytes = Buffer.alloc( 4 );
	bytes.writeUInt32BE( value );
	return bytes;
};
const string = ( value: string | Buffer ) => {
	const bytes = Buffer.from( value as Buffer );
	return Buffer.concat( [ uint32( bytes.length ), bytes ] );
};
/** A positive number: no needless zeros in front, one where its first bit would make it negative (RFC 4251, 5). */
const mpint = ( value: Buffer ) => {
	const from = value.findIndex( ( byte ) => byte !== 0 );
	const bytes = from < 0 ? Buffer.alloc( 0 ) : value.subarray( from );
	return string( bytes.length && ( bytes[ 0 ] ?? 0 ) >= 0x80 ? Buffer.concat( [ Buffer.of( 0 ), bytes ] ) : bytes );
};

function fieldsOf( parts: KeyParts ): { open: Buffer[]; secret: Buffer[] } {
	switch ( parts.type ) {
		case 'ssh-ed25519': {
			const { publicKey, seed } = parts;
			return {
				open: [ string( publicKey ) ],
				secret: [ string( publicKey ), string( Buffer.concat( [ seed, publicKey ] ) ) ],
			};
		}
		case 'ssh-rsa': {
			const { n, e, d, iqmp, p, q } = parts;
			return { open: [ mpint( e ), mpint( n ) ], secret: [ n, e, d, iqmp, p, q ].map( mpint ) };
		}
		default: {
			const open = [ string( parts.type.replace( 'ecdsa-sha2-', '' ) ), string( parts.point ) ];
			return { open, secret: [ ...open, mpint( parts.d ) ] };
		}
	}
}

/** A private key in OpenSSH's own format, without a passphrase: the one form in which all kinds are handed on. */
export function openSshKey( parts: KeyParts ): string {
	const { open, secret } = fieldsOf( parts );
	const check = randomBytes( 4 );
	const plain = [ check, check, string( parts.type ), ...secret, string( '' ) ];
	for ( let pad = 1; Buffer.concat( plain ).length % 8 !== 0; pad++ ) {
		plain.push( Buffer.of( pad ) );
	}
	const blob = Buffer.concat( [
		Buffer.from( 'openssh-key-v1\0' ),
		...[ 'none', 'none', '' ].map( string ),
		uint32( 1 ),
		string( Buffer.concat( [ string( parts.type ), ...open ] ) ),
		string( Buffer.concat( plain ) ),
	] );
	const lines = blob.toString( 'base64' ).match( /.{1,70}/g ) ?? [];
	return [ '-----BEGIN OPENSSH PRIVATE KEY-----', ...lines, '-----END OPENSSH PRIVATE KEY-----', '' ].join( '\n' );
}
