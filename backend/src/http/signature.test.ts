import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import type { Actor } from '@email-gateway/shared';
import { makeSignatures } from '../../../shared/fixtures/make-signatures.ts';
import { publicKeyOf } from '../servers/site-key.ts';
import { verifyRequest } from './signature.ts';
import { type SignedRequest } from './signed-request.ts';

const text = readFileSync( new URL( '../../../shared/fixtures/signatures.json', import.meta.url ), 'utf8' );
const { key, actor, cases } = JSON.parse( text ) as {
	key: { keyId: string; publicKey: string };
	actor: Actor;
	cases: {
		name: string;
		method: string;
		targetUri: string;
		body: string;
		created: number;
		headers: Record< string, string >;
	}[];
};
const example = cases[ 2 ]!;
const requestOf = ( { method, targetUri, body, headers }: ( typeof cases )[ number ] ): SignedRequest => ( {
	method,
	targetUri,
	body: Buffer.from( body ),
	headers: Object.fromEntries(
		Object.entries( headers ).map( ( [ name, value ] ) => [ name.toLowerCase(), value ] )
	),
} );

/** Verifies at the moment of signing; `stored` gathers the nonces. */
function verifyAt(
	request: SignedRequest,
	{ now = example.created * 1000, stored = [] as string[], revoked = false } = {}
) {
	return verifyRequest( request, {
		now,
		findKey: async ( keyId ) => ( keyId === key.keyId ? publicKeyOf( key.publicKey ) : null ),
		findSite: async () => ( { revoked } ),
		storeNonce: async ( _keyId, nonce ) => ! stored.includes( nonce ) && Boolean( stored.push( nonce ) ),
	} );
}

describe( 'signatures', () => {
	test( 'the printed examples are those that the maker gives (else run it)', () => {
		expect( text ).toBe( makeSignatures() );
	} );

	test.each( cases )( 'a site that $name is known by its signature', async ( signed ) => {
		const verified = await verifyAt( requestOf( signed ), { now: signed.created * 1000 } );
		expect( verified ).toMatchObject( { keyId: key.keyId, actor } );
	} );

	test( 'clocks may differ by a minute, no more; the refusal tells our time', async () => {
		const request = requestOf( example );
		await expect( verifyAt( request, { now: ( example.created + 60 ) * 1000 } ) ).resolves.toHaveProperty(
			'actor'
		);
		await expect( verifyAt( request, { now: ( example.created - 60 ) * 1000 } ) ).resolves.toHaveProperty(
			'actor'
		);
		const late = verifyAt( request, { now: ( example.created + 62 ) * 1000 } );
		await expect( late ).rejects.toMatchObject( {
			code: 'signature_too_old',
			detail: { now: example.created + 62 },
		} );
		await expect( verifyAt( request, { now: ( example.created - 62 ) * 1000 } ) ).rejects.toMatchObject( {
			code: 'signature_too_old',
		} );
	} );

	test( 'the same request a second time is a replay', async () => {
		const stored: string[] = [];
		await verifyAt( requestOf( example ), { stored } );
		await expect( verifyAt( requestOf( example ), { stored } ) ).rejects.toMatchObject( {
			code: 'signature_replayed',
		} );
	} );

	test( 'a connection counts only inside the signature: added, changed or taken out it is a forgery', async () => {
		const supplied = requestOf( cases.at( -1 )! );
		const at = { now: cases.at( -1 )!.created * 1000 };
		expect( ( await verifyAt( supplied, at ) ).connection ).toMatchObject( {
			host: '203.0.113.7',
			sshUser: 'root',
		} );
		const header = supplied.headers[ 'email-gateway-connection' ];
		const changed = String( header ).replace( /^..../, 'AAAA' );
		for ( const forged of [
			{
				...requestOf( example ),
				headers: { ...requestOf( example ).headers, 'email-gateway-connection': header },
			},
			{ ...supplied, headers: { ...supplied.headers, 'email-gateway-connection': changed } },
			{ ...supplied, headers: { ...supplied.headers, 'email-gateway-connection': undefined } },
		] ) {
			const verified = verifyAt( forged, forged.targetUri === supplied.targetUri ? at : undefined );
			await expect( verified ).rejects.toMatchObject( { code: 'signature_invalid' } );
		}
	} );

	const other = requestOf( cases[ 0 ]! );
	test.each< [ string, Partial< SignedRequest >, string ] >( [
		[
			'another body',
			{ body: Buffer.from( '{"from":"a@example.com","to":"b@example.com"}' ) },
			'signature_invalid',
		],
		[
			'another server in the path',
			{ targetUri: example.targetUri.replace( '/12/', '/13/' ) },
			'signature_invalid',
		],
		[ 'another backend', { targetUri: example.targetUri.replace( '8025', '8026' ) }, 'signature_invalid' ],
		[ 'another method', { method: 'PUT' }, 'signature_invalid' ],
		[
			'the signature of another request',
			{ headers: { ...requestOf( example ).headers, signature: other.headers.signature } },
			'signature_invalid',
		],
		[
			'another actor',
			{ headers: { ...requestOf( example ).headers, 'email-gateway-actor': 'e30' } },
			'signature_invalid',
		],
		[ 'no signature', { headers: {} }, 'signature_missing' ],
		[
			'nonsense for a signature',
			{ headers: { ...requestOf( example ).headers, signature: 'sig1=:???:' } },
			'signature_invalid',
		],
		[
			'fewer signed components',
			{
				headers: {
					...requestOf( example ).headers,
					'signature-input': String( requestOf( example ).headers[ 'signature-input' ] ).replace(
						' "content-digest"',
						''
					),
				},
			},
			'signature_invalid',
		],
		[
			'an unknown key',
			{
				headers: {
					...requestOf( example ).headers,
					'signature-input': String( requestOf( example ).headers[ 'signature-input' ] ).replace(
						'fixture-key',
						'other-key'
					),
				},
			},
			'site_unknown',
		],
	] )( 'a request with %s is refused, and its nonce is not used up', async ( _what, change, code ) => {
		const stored: string[] = [];
		await expect( verifyAt( { ...requestOf( example ), ...change }, { stored } ) ).rejects.toMatchObject( {
			code,
		} );
		expect( stored ).toEqual( [] );
	} );

	test( 'a revoked site is told so', async () => {
		await expect( verifyAt( requestOf( example ), { revoked: true } ) ).rejects.toMatchObject( {
			code: 'site_revoked',
		} );
	} );
} );
