import { createHash, timingSafeEqual, verify, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { actorHeader, connectionHeader, signatureTag, signatureWindowSeconds, type Actor } from '@email-gateway/shared';
import { isSignatureError, verifySignature, type FieldOccurrence, type SignatureParameters } from 'http-message-sig';
import { GatewayError, isFailure } from '../errors.ts';
import type { Supplied } from '../servers/address.ts';
import { readActor, readConnection } from './signed-headers.ts';
import { refuseCostly, refuseUnknown } from './cheap-refusals.ts';
import { type SignedRequest, type VerifyOptions, readHeaders } from './signed-request.ts';

const verifies = promisify( verify );
const components = [ '@method', '@target-uri', 'content-digest', actorHeader ];
const parameters = [ 'created', 'nonce', 'keyid', 'alg', 'tag' ];
const noncePattern = /^[\x21-\x7e]{16,128}$/;

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
	const fields = readHeaders.flatMap( ( name ): FieldOccurrence[] => {
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
