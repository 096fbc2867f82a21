import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { makeKnownKeys } from './known-keys.ts';

const rawKey = () =>
	generateKeyPairSync( 'ed25519' )
		.publicKey.export( { format: 'der', type: 'spki' } )
		.subarray( -32 )
		.toString( 'base64' );

/** Sites in a database that counts how often it is asked. */
function database( sites: Record< string, string > ) {
	const asked: string[][] = [];
	const lookUp = async ( keyIds: readonly string[] ) => {
		asked.push( [ ...keyIds ] );
		return new Map( Object.entries( sites ).filter( ( [ keyId ] ) => keyIds.includes( keyId ) ) );
	};
	return { asked, lookUp };
}

test( 'a known key is looked up once', async () => {
	const { asked, lookUp } = database( { known: rawKey() } );
	const keys = makeKnownKeys( lookUp );
	const key = await keys.find( 'known' );
	expect( key?.asymmetricKeyType ).toBe( 'ed25519' );
	expect( await keys.find( 'known' ) ).toBe( key );
	expect( asked ).toEqual( [ [ 'known' ] ] );
} );

test( 'a flood of made-up ids is looked up together', async () => {
	const { asked, lookUp } = database( { known: rawKey() } );
	const keys = makeKnownKeys( lookUp );
	const ids = Array.from( { length: 1_000 }, ( _, index ) => `made-up-${ index }` );
	const found = await Promise.all( [ ...ids, 'known' ].map( keys.find ) );
	expect( found.filter( ( key ) => key !== null ) ).toHaveLength( 1 );
	expect( asked.length ).toBe( 1 );
} );

test( 'who is paired meanwhile is found, and a database that fails is asked again', async () => {
	const sites: Record< string, string > = {};
	const { lookUp } = database( sites );
	let isDown = false;
	const keys = makeKnownKeys(
		async ( keyIds ) => ( isDown ? Promise.reject( new Error( 'down' ) ) : lookUp( keyIds ) ),
		{ pauseMs: 1 }
	);
	expect( await keys.find( 'new' ) ).toBeNull();
	isDown = true;
	await expect( keys.find( 'new' ) ).rejects.toThrow( 'down' );
	isDown = false;
	sites[ 'new' ] = rawKey();
	expect( await keys.find( 'new' ) ).not.toBeNull();
} );
