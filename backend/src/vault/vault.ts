import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { Secret } from './secret.ts';

/** A secret at rest: AES-256-GCM, every part base64. `kid` names the master key, so that keys can be rotated. */
export interface Sealed {
	v: 1;
	kid: string;
	iv: string;
	tag: string;
	ct: string;
}

/** Where a sealed secret belongs: bound into it, so that a row copied elsewhere does not open. */
export interface Place {
	table: string;
	id: string;
	field: string;
}

export interface Vault {
	/** Names the key that seals. */
	readonly kid: string;
	seal( secret: Secret, place: Place ): Sealed;
	/** Errors: an Error when the key is unknown, the place is another one, or a byte was changed. */
	open( sealed: Sealed, place: Place ): Secret;
	/** Keyed digest, hex: tells whether two texts are the same without telling anything else about them. */
	digest( text: string ): string;
}

const aad = ( { table, id, field }: Place ) => Buffer.from( JSON.stringify( [ table, id, field ] ) );
const derive = ( key: Buffer, purpose: string ) => Buffer.from( hkdfSync( 'sha256', key, '', purpose, 32 ) );

/**
 * Seals and opens secrets. The first key seals; the others only open what they once sealed.
 * @param masterKeys each 32 bytes
 */
export function makeVault( masterKeys: [ Buffer, ...Buffer[] ] ): Vault {
	const keys = new Map( masterKeys.map( ( key ) => [ kidOf( key ), derive( key, 'seal' ) ] ) );
	const kid = kidOf( masterKeys[ 0 ] );
	const digestKey = derive( masterKeys[ 0 ], 'digest' );
	return {
		kid,
		seal( secret, place ) {
			const iv = randomBytes( 12 );
			const cipher = createCipheriv( 'aes-256-gcm', keys.get( kid ) as Buffer, iv ).setAAD( aad( place ) );
			const ct = Buffer.concat( [ cipher.update( secret.reveal(), 'utf8' ), cipher.final() ] );
			const text = ( bytes: Buffer ) => bytes.toString( 'base64' );
			return { v: 1, kid, iv: text( iv ), tag: text( cipher.getAuthTag() ), ct: text( ct ) };
		},
		open( sealed, place ) {
			const key = keys.get( sealed.kid );
			if ( ! key ) {
				throw new Error( `no master key ${ sealed.kid }: was the key file replaced?` );
			}
			const bytes = ( text: string ) => Buffer.from( text, 'base64' );
			const decipher = createDecipheriv( 'aes-256-gcm', key, bytes( sealed.iv ), { authTagLength: 16 } )
				.setAAD( aad( place ) )
				.setAuthTag( bytes( sealed.tag ) );
			return new Secret(
				Buffer.concat( [ decipher.update( bytes( sealed.ct ) ), decipher.final() ] ).toString( 'utf8' )
			);
		},
		digest: ( text ) => createHmac( 'sha256', digestKey ).update( text ).digest( 'hex' ),
	};
}

function kidOf( key: Buffer ): string {
	return createHash( 'sha256' ).update( 'kid' ).update( key ).digest( 'hex' ).slice( 0, 8 );
}
