import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { nastyTexts } from '../../test-fixtures/hostile-text.ts';
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
const signedHeaders = [ 'signature', 'signature-input', 'content-digest', 'email-gateway-actor' ] as const;

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
const headerOf = ( name: string ) => String( good.headers[ name ] );
const nasty = fc.constantFrom( ...nastyTexts );
/** RFC 8941 lets blanks stand between the parts of a header, and padding be left out: it means the same without. */
const meaning = ( text: string ) => text.replace( /[ \t\r\n]/g, '' ).replace( /=+:$/, ':' );
const refused = /^signature_(invalid|missing|too_old)$|^site_unknown$/;

test( 'the example is taken as it is', async () => {
	expect( await outcome( good ) ).toBe( 'taken' );
} );

test( 'a signed header with anything put in, taken out or written twice is refused', async () => {
	const change = fc.oneof(
		fc.tuple( fc.nat(), nasty ).map(
			( [ at, text ] ) =>
				( was: string ) =>
					was.slice( 0, at % was.length ) + text + was.slice( at % was.length )
		),
		fc.tuple( fc.nat(), fc.integer( { min: 1, max: 20 } ) ).map(
			( [ at, count ] ) =>
				( was: string ) =>
					was.slice( 0, at % was.length ) + was.slice( ( at % was.length ) + count )
		),
		fc.constantFrom( ', ', ',', ';', '\t' ).map( ( between ) => ( was: string ) => was + between + was ),
		fc.string( { unit: 'binary', maxLength: 200 } ).map( ( text ) => () => text )
	);
	await fc.assert(
		fc.asyncProperty( fc.constantFrom( ...signedHeaders ), change, async ( name, apply ) => {
			const value = apply( headerOf( name ) );
			const code = await outcome( { ...good, headers: { ...good.headers, [ name ]: value } } );
			if ( meaning( value ) !== meaning( headerOf( name ) ) ) {
				expect( code ).toMatch( refused );
			}
		} ),
		{ numRuns: 800 }
	);
} );

test( 'a second signature, an array of them, or another label does not help', async () => {
	const [ input, signature ] = [ headerOf( 'signature-input' ), headerOf( 'signature' ) ];
	const other = ( text: string ) => text.replace( /^sig1/, 'sig2' );
	const both = {
		'signature-input': `${ other( input ) }, ${ input }`,
		signature: `${ other( signature ) }, ${ signature }`,
	};
	const asArrays = { 'signature-input': [ input, input ], signature: [ signature, signature ] };
	const misplaced = { 'signature-input': input, signature: other( signature ) };
	for ( const headers of [ both, asArrays, misplaced ] ) {
		expect( await outcome( { ...good, headers: { ...good.headers, ...headers } } ) ).toMatch( refused );
	}
} );

test( 'another method, path, query or body is refused', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.constantFrom( 'method', 'targetUri', 'body' ),
			fc.nat(),
			nasty,
			async ( part, at, text ) => {
				const was = part === 'body' ? signed.body : ( good[ part ] as string );
				const now = was.slice( 0, at % was.length ) + text + was.slice( at % was.length );
				fc.pre( now !== was && ( part === 'body' || now.trim() !== was ) );
				expect( await outcome( { ...good, [ part ]: part === 'body' ? Buffer.from( now ) : now } ) ).toMatch(
					refused
				);
			}
		),
		{ numRuns: 500 }
	);
} );

test.each( [
	[ 'a run of blanks', { signature: `sig=:a${ ' '.repeat( 8000 ) }b:` } ],
	[ 'a run of blanks in another header', { [ 'email-gateway-actor' ]: `a${ '\t'.repeat( 8000 ) }b` } ],
	[ 'a long list of parts', { 'signature-input': `sig=(${ '"a";key="a" '.repeat( 600 ) })` } ],
	[ 'a long signature', { signature: `sig=:${ 'A'.repeat( 8000 ) }:` } ],
] )( 'what would keep the library busy is not given to it: %s', async ( _name, change ) => {
	const asked: string[] = [];
	const refusal = verifyRequest(
		{ ...good, headers: { ...good.headers, ...change } },
		{
			now: signed.created * 1000,
			findKey: async ( keyId ) => ( asked.push( keyId ), null ),
			findSite: async () => null,
			storeNonce: async () => false,
		}
	);
	await expect( refusal ).rejects.toMatchObject( { code: 'signature_invalid', detail: { reason: 'form' } } );
	expect( asked ).toEqual( [] );
} );
