import {
	createCipheriv,
	createDecipheriv,
	createHash,
	createHmac,
	hkdfSync,
	randomBytes,
	timingSafeEqual,
} from 'node:crypto';
import { canonical } from './canonical.ts';
import { Secret } from './secret.ts';

/** A secret at rest: AES-256-GCM, every part base64. `kid` names the master key, so that keys can be rotated. */
export interface Sealed {
	/** 1: bound to its row only, as the releases before 0.2.0 sealed it. Nothing opens it but `openUnbound`. */
	v: 1 | 2;
	kid: string;
	iv: string;
	tag: string;
	ct: string;
}

/** A row's field in which a sealed secret lies. */
export interface Field {
	table: string;
	id: string;
	field: string;
}

/**
 * Where a sealed secret belongs and where it may be sent: bound into it, so that it does not open once either was
 * changed, in a form or in the database.
 */
export interface Place extends Field {
	boundTo: unknown;
}

export interface Vault {
	/** Names the key that seals. */
	readonly kid: string;
	seal( secret: Secret, place: Place ): Sealed;
	/** Errors: an Error when the key is unknown, the place is another one, or a byte was changed. */
	open( sealed: Sealed, place: Place ): Secret;
	/** For the one time when a database of an older release is brought up to date. Errors: as `open`. */
	openUnbound( sealed: Sealed, field: Field ): Secret;
	/** Whether one of our keys sealed it. */
	knows( sealed: Pick< Sealed, 'kid' > ): boolean;
	/** Proof that a row was written by us: whoever can write to the database, and has no master key, cannot make one. */
	mac( purpose: string, value: unknown ): string;
	/** Whether the proof is one of this value, made with any of our keys. */
	isMacOf( mac: string | null, purpose: string, value: unknown ): boolean;
	/** Keyed digest, hex: tells whether two texts are the same without telling anything else about them. */
	digest( text: string ): string;
}

const aadOf = ( { table, id, field, boundTo }: Place ) =>
	Buffer.from( canonical( [ table, id, field, boundTo ?? null ] ) );
const unboundAadOf = ( { table, id, field }: Field ) => Buffer.from( JSON.stringify( [ table, id, field ] ) );
const derive = ( key: Buffer, purpose: string ) => Buffer.from( hkdfSync( 'sha256', key, '', purpose, 32 ) );

/**
 * Seals and opens secrets. The first key seals; the others only open what they once sealed.
 * @param masterKeys each 32 bytes
 */
export function makeVault( masterKeys: [ Buffer, ...Buffer[] ] ): Vault {
	const keysFor = ( purpose: string ) =>
		new Map( masterKeys.map( ( key ) => [ kidOf( key ), derive( key, purpose ) ] ) );
	const [ sealKeys, macKeys ] = [ keysFor( 'seal' ), keysFor( 'mac' ) ];
	const kid = kidOf( masterKeys[ 0 ] );
	const digestKey = derive( masterKeys[ 0 ], 'digest' );

	function openWith( sealed: Sealed, aad: Buffer ): Secret {
		const key = sealKeys.get( sealed.kid );
		if ( ! key ) {
			throw new Error( `no master key ${ sealed.kid }: was the key file replaced?` );
		}
		const bytes = ( text: string ) => Buffer.from( text, 'base64' );
		const decipher = createDecipheriv( 'aes-256-gcm', key, bytes( sealed.iv ), { authTagLength: 16 } )
			.setAAD( aad )
			.setAuthTag( bytes( sealed.tag ) );
		return new Secret(
			Buffer.concat( [ decipher.update( bytes( sealed.ct ) ), decipher.final() ] ).toString( 'utf8' )
		);
	}
	const macWith = ( keyId: string, purpose: string, value: unknown ) =>
		`${ keyId }.${ createHmac( 'sha256', macKeys.get( keyId ) as Buffer )
			.update( canonical( [ purpose, value ] ) )
			.digest( 'base64url' ) }`;

	return {
		kid,
		seal( secret, place ) {
			const iv = randomBytes( 12 );
			const cipher = createCipheriv( 'aes-256-gcm', sealKeys.get( kid ) as Buffer, iv ).setAAD( aadOf( place ) );
			const ct = Buffer.concat( [ cipher.update( secret.reveal(), 'utf8' ), cipher.final() ] );
			const text = ( bytes: Buffer ) => bytes.toString( 'base64' );
			return { v: 2, kid, iv: text( iv ), tag: text( cipher.getAuthTag() ), ct: text( ct ) };
		},
		open: ( sealed, place ) => openWith( sealed, aadOf( place ) ),
		openUnbound: ( sealed, field ) => openWith( sealed, unboundAadOf( field ) ),
		knows: ( sealed ) => sealKeys.has( sealed.kid ),
		mac: ( purpose, value ) => macWith( kid, purpose, value ),
		isMacOf( mac, purpose, value ) {
			const [ keyId = '' ] = ( mac ?? '' ).split( '.' );
			if ( ! macKeys.has( keyId ) ) {
				return false;
			}
			const [ given, right ] = [ Buffer.from( String( mac ) ), Buffer.from( macWith( keyId, purpose, value ) ) ];
			return given.length === right.length && timingSafeEqual( given, right );
		},
		digest: ( text ) => createHmac( 'sha256', digestKey ).update( text ).digest( 'hex' ),
	};
}

function kidOf( key: Buffer ): string {
	return createHash( 'sha256' ).update( 'kid' ).update( key ).digest( 'hex' ).slice( 0, 8 );
}
