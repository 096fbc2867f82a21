import { generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { isFailure } from '../errors.ts';
import { publicKeyOf } from '../servers/site-key.ts';
import { verifyRequest } from './signature.ts';
import { type SignedRequest } from './signed-request.ts';

const { key, cases } = JSON.parse(
	readFileSync( new URL( '../../../shared/fixtures/signatures.json', import.meta.url ), 'utf8' )
) as {
	key: { keyId: string; publicKey: string };
	cases: { method: string; targetUri: string; body: string; created: number; headers: Record< string, string > }[];
};
const signed = cases[ 2 ]!;
const good: SignedRequest = {
	method: signed.method,
	targetUri: signed.targetUri,
	body: Buffer.from( signed.body ),
	headers: Object.fromEntries(
		Object.entries( signed.headers ).map( ( [ name, value ] ) => [ name.toLowerCase(), value ] )
	),
};

/** The code of a refusal; `taken` where it was none. Whatever else is thrown is a fault of ours. */
async function outcome( request: SignedRequest, publicKey = key.publicKey ): Promise< string > {
	const stored: string[] = [];
	const verified = verifyRequest( request, {
		now: signed.created * 1000,
		findKey: async ( keyId ) => ( keyId === key.keyId ? publicKeyOf( publicKey ) : null ),
		findSite: async () => ( { revoked: false } ),
		storeNonce: async ( _keyId, nonce ) => Boolean( stored.push( nonce ) ),
	} );
	const code = await verified.then(
		() => 'taken',
		( error: unknown ) => ( isFailure( error ) ? error.code : Promise.reject( error ) )
	);
	expect( stored.length ).toBe( code === 'taken' ? 1 : 0 );
	return code;
}
const refused = /^signature_(invalid|missing|too_old)$|^site_unknown$/;

test( 'what stands in the parameters is judged, also where the signature over it is right', async () => {
	const { privateKey, publicKey } = generateKeyPairSync( 'ed25519' );
	const raw = publicKey.export( { format: 'der', type: 'spki' } ).subarray( -32 ).toString( 'base64' );
	const parts = {
		created: String( signed.created ),
		nonce: '"0123456789abcdef"',
		keyid: `"${ key.keyId }"`,
		alg: '"ed25519"',
		tag: '"email-gateway-v1"',
	};
	const components = [ '@method', '@target-uri', 'content-digest', 'email-gateway-actor' ];
	const signedWith = ( changes: Record< string, string | null >, covered = components ): SignedRequest => {
		const all = Object.entries( { ...parts, ...changes } ).filter( ( [ , value ] ) => value !== null );
		const input = `(${ covered.map( ( name ) => `"${ name }"` ).join( ' ' ) })${ all
			.map( ( [ name, value ] ) => `;${ name }=${ value }` )
			.join( '' ) }`;
		const values: Record< string, string > = {
			'@method': good.method,
			'@target-uri': good.targetUri,
			...( good.headers as Record< string, string > ),
		};
		const base = [
			...covered.map( ( name ) => `"${ name }": ${ values[ name ] }` ),
			`"@signature-params": ${ input }`,
		].join( '\n' );
		const signature = `sig1=:${ sign( null, Buffer.from( base ), privateKey ).toString( 'base64' ) }:`;
		return { ...good, headers: { ...good.headers, 'signature-input': `sig1=${ input }`, signature } };
	};
	expect( await outcome( signedWith( {} ), raw ) ).toBe( 'taken' );
	const wrong: Record< string, string | null >[] = [
		...Object.keys( parts ).map( ( name ) => ( { [ name ]: null } ) ),
		...[ '"x"', '1.5', '?1', ':AA==:', '-1', '999999999999999' ].flatMap( ( value ) =>
			Object.keys( parts ).map( ( name ) => ( { [ name ]: value } ) )
		),
		{ alg: '"hmac-sha256"' },
		{ alg: '"rsa-v1_5-sha256"' },
		{ tag: '"another-tool"' },
		{ expires: '1' },
	];
	for ( const changes of wrong ) {
		expect( [ changes, await outcome( signedWith( changes ), raw ) ] ).toEqual( [
			changes,
			expect.stringMatching( refused ),
		] );
	}
	for ( const left of components ) {
		expect(
			await outcome(
				signedWith(
					{},
					components.filter( ( name ) => name !== left )
				),
				raw
			)
		).toMatch( refused );
	}
} );

test( 'a point of small order or nonsense for a public key opens no door', async () => {
	for ( const publicKey of [
		Buffer.alloc( 32 ),
		Buffer.from( [ 1, ...Buffer.alloc( 31 ) ] ),
		Buffer.alloc( 32, 255 ),
	] ) {
		const forged = {
			...good,
			headers: { ...good.headers, signature: `sig1=:${ Buffer.alloc( 64 ).toString( 'base64' ) }:` },
		};
		expect( await outcome( forged, publicKey.toString( 'base64' ) ) ).toMatch( refused );
	}
} );
