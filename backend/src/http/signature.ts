import { createHash, timingSafeEqual, verify, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import {
	actor as actorSchema,
	actorHeader,
	connectionHeader,
	signatureTag,
	signatureWindowSeconds,
	suppliedConnection,
	type Actor,
} from '@email-gateway/shared';
import { isSignatureError, verifySignature, type FieldOccurrence, type SignatureParameters } from 'http-message-sig';
import { GatewayError, isFailure } from '../errors.ts';
import type { Supplied } from '../servers/address.ts';
import { Secret } from '../vault/secret.ts';

/** The parts of a request that are signed, as they came in. */
export interface SignedRequest {
	method: string;
	/** The audience URL given at pairing and the path: never from the Host header. */
	targetUri: string;
	headers: Record< string, string | string[] | undefined >;
	/** The bytes of the body, before anything read them. */
	body: Uint8Array;
}

export interface VerifyOptions< Site > {
	/** The public key of a paired site. Asked for every request, whoever made it: it must cost next to nothing. */
	findKey( keyId: string ): Promise< KeyObject | null >;
	/** The site whose signature holds. */
	findSite( keyId: string ): Promise< Site | null >;
	/** Stores a nonce; false where it was there. Called after everything else was found right. */
	storeNonce( keyId: string, nonce: string ): Promise< boolean >;
	/** Milliseconds since the epoch. */
	now: number;
}

const verifies = promisify( verify );
const components = [ '@method', '@target-uri', 'content-digest', actorHeader ];
const read = [ 'signature', 'signature-input', 'content-digest', actorHeader, connectionHeader ];
const parameters = [ 'created', 'nonce', 'keyid', 'alg', 'tag' ];
const noncePattern = /^[\x21-\x7e]{16,128}$/;
const longestOf = { signature: 256, 'signature-input': 1024 };
const manyBlanks = /[ \t]{9}/;
const claimedKeys = /;[ \t]*keyid="([^"\\]*)"/g;

/**
 * Who signed a request, and for whom they speak. In this order: key, body digest, time, signature, site, nonce; so
 * that nothing is stored, and no database asked, for a request that is refused.
 * Errors: signature_missing, signature_invalid, site_unknown, site_revoked, signature_too_old { now }, signature_replayed;
 * connection_missing and private_key_unreadable for a connection that another plugin keeps and nobody could use.
 */
export async function verifyRequest< Site extends { revoked: boolean; expired?: boolean } >(
	request: SignedRequest,
	{ findKey, findSite, storeNonce, now }: VerifyOptions< Site >
): Promise< { site: Site; actor: Actor; keyId: string; connection: Supplied | null } > {
	if ( ! request.headers.signature || ! request.headers[ 'signature-input' ] ) {
		throw new GatewayError( 'signature_missing' );
	}
	refuseCostly( request.headers );
	await refuseUnknown( String( request.headers[ 'signature-input' ] ), findKey );
	if ( ! isDigestOf( request.headers[ 'content-digest' ], request.body ) ) {
		throw new GatewayError( 'signature_invalid', { reason: 'content_digest' } );
	}
	try {
		const { parameters: signed } = await verifySignature( descriptionOf( request ), {
			policy: {
				algorithms: [ 'ed25519' ],
				// a connection is part of what was signed, or somebody else put it there
				requiredComponents: request.headers[ connectionHeader ]
					? [ ...components, connectionHeader ]
					: components,
				requiredParameters: parameters,
				now: Math.floor( now / 1000 ),
				// The library would call a site whose clock is fast a forger: findTrusted judges the time, both ways.
				clockSkew: Number.MAX_SAFE_INTEGER,
			},
			async resolveVerifier( { parameters: claimed } ) {
				const key = await findTrusted( claimed, findKey, now );
				// on a thread of the pool: forged ones must not keep good ones waiting
				return { algorithm: 'ed25519', verify: ( data, signature ) => verifies( null, data, key, signature ) };
			},
		} );
		const nonce = String( signed.nonce );
		const keyId = String( signed.keyid );
		const actor = readActor( request.headers[ actorHeader ] );
		const site = await findSite( keyId );
		if ( ! site || site.revoked ) {
			throw new GatewayError( site ? 'site_revoked' : 'site_unknown' );
		}
		if ( site.expired ) {
			throw new GatewayError( 'site_key_expired' );
		}
		if ( ! ( await storeNonce( keyId, nonce ) ) ) {
			throw new GatewayError( 'signature_replayed' );
		}
		return { site, actor, keyId, connection: readConnection( request.headers[ connectionHeader ] ) };
	} catch ( error ) {
		throw expected( error );
	}
}

/** The library wraps what its callback threw; everything else it says is a signature that does not hold. */
function expected( error: unknown ): unknown {
	if ( ! isSignatureError( error ) ) {
		return error;
	}
	if ( isFailure( error.cause ) ) {
		return error.cause;
	}
	return error.code === 'ResolverFailed'
		? error.cause ?? error
		: new GatewayError( 'signature_invalid', { reason: error.code } );
}

/**
 * Refuses headers that would keep the library busy, before anybody was recognised: it takes the square of a run of
 * blanks, and reads a whole header again for each signed part of it. What a site signs is short and has no such runs.
 */
function refuseCostly( headers: SignedRequest[ 'headers' ] ): void {
	const isLong = Object.entries( longestOf ).some( ( [ name, most ] ) => String( headers[ name ] ).length > most );
	if ( isLong || read.some( ( name ) => manyBlanks.test( String( headers[ name ] ) ) ) ) {
		throw new GatewayError( 'signature_invalid', { reason: 'form' } );
	}
}

/**
 * Refuses whoever names one key that nobody paired, before anything else is read: in a flood of forged requests that is
 * what costs least. It only ever refuses: whatever it lets through is read as a whole after.
 */
async function refuseUnknown( signatureInput: string, findKey: VerifyOptions< never >[ 'findKey' ] ): Promise< void > {
	const [ claimed, ...others ] = [ ...signatureInput.matchAll( claimedKeys ) ];
	if ( claimed !== undefined && others.length === 0 && ! ( await findKey( claimed[ 1 ] ?? '' ) ) ) {
		throw new GatewayError( 'site_unknown' );
	}
}

async function findTrusted(
	claimed: SignatureParameters,
	findKey: VerifyOptions< never >[ 'findKey' ],
	now: number
): Promise< KeyObject > {
	if ( claimed.tag !== signatureTag || typeof claimed.nonce !== 'string' || ! noncePattern.test( claimed.nonce ) ) {
		throw new GatewayError( 'signature_invalid', { reason: 'parameters' } );
	}
	const key = await findKey( String( claimed.keyid ) );
	if ( ! key ) {
		throw new GatewayError( 'site_unknown' );
	}
	const { created, expires = Infinity } = claimed;
	const isNow = typeof created === 'number' && Math.abs( now / 1000 - created ) <= signatureWindowSeconds;
	if ( ! isNow || ! ( Number( expires ) > now / 1000 ) ) {
		throw new GatewayError( 'signature_too_old', { now: Math.floor( now / 1000 ) } );
	}
	return key;
}

function descriptionOf( { method, targetUri, headers }: SignedRequest ) {
	const fields = read.flatMap( ( name ): FieldOccurrence[] => {
		const value = headers[ name ];
		return value === undefined ? [] : [ value ].flat().map( ( text ) => ( { name, value: text } ) );
	} );
	return { kind: 'request', method, targetUri, fields } as const;
}

function isDigestOf( header: string | string[] | undefined, body: Uint8Array ): boolean {
	const expectedText = Buffer.from( `sha-256=:${ createHash( 'sha256' ).update( body ).digest( 'base64' ) }:` );
	const given = Buffer.from( typeof header === 'string' ? header : '' );
	return given.length === expectedText.length && timingSafeEqual( given, expectedText );
}

function readActor( header: string | string[] | undefined ): Actor {
	const actor = actorSchema.safeParse( jsonIn( String( header ) ) );
	if ( ! actor.success ) {
		throw new GatewayError( 'signature_invalid', { reason: 'actor' } );
	}
	return actor.data;
}

function readConnection( header: string | string[] | undefined ): Supplied | null {
	if ( header === undefined ) {
		return null;
	}
	const supplied = suppliedConnection.safeParse( jsonIn( String( header ) ) );
	if ( ! supplied.success ) {
		const [ issue ] = supplied.error.issues;
		const field = String( issue?.path[ 0 ] ?? '' );
		if ( field === 'privateKey' ) {
			const reason = issue?.message === 'is_a_public_key' ? 'public_key_pasted' : 'format';
			throw new GatewayError( 'private_key_unreadable', { field, reason, supplied: true } );
		}
		throw new GatewayError( 'connection_missing', { field } );
	}
	const { host, sshPort, sshUser, privateKey, passphrase } = supplied.data;
	return {
		...{ host, sshPort, sshUser, privateKey: new Secret( privateKey ) },
		passphrase: passphrase === null ? null : new Secret( passphrase ),
	};
}

function jsonIn( base64url: string ): unknown {
	try {
		return JSON.parse( Buffer.from( base64url, 'base64url' ).toString( 'utf8' ) );
	} catch {
		return null;
	}
}
