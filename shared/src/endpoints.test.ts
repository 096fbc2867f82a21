import { describe, expect, test } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import { endpoints } from './endpoints.ts';

const pairing = ( publicKey: string ) => ( {
	code: 'x',
	publicKey,
	proof: 'AAAA',
	backendUrl: 'https://backend.example',
	siteUrl: 'https://site.example',
	siteName: 'Site',
} );

describe( 'pairing', () => {
	test( 'takes a raw Ed25519 public key', () => {
		const { publicKey } = generateKeyPairSync( 'ed25519' );
		const raw = publicKey.export( { format: 'der', type: 'spki' } ).subarray( -32 ).toString( 'base64' );
		expect( endpoints.pairSite.request.parse( pairing( raw ) ).publicKey ).toBe( raw );
	} );

	test.each( [ 31, 33, 64 ] )( 'refuses %i bytes at the door, before they could fail as a key', ( size ) => {
		const other = Buffer.alloc( size, 7 ).toString( 'base64' );
		expect( endpoints.pairSite.request.safeParse( pairing( other ) ).success ).toBe( false );
	} );
} );

test( 'every job on a server is marked as one, so that PHP sends along how to reach it', () => {
	const jobs = Object.entries( endpoints ).filter(
		( [ , { status, path } ] ) => status === 202 && path.includes( ':serverId' )
	);
	// one asks a running job to stop, one asks the DNS, and one tells a channel of the owner's
	const withoutServer = [ 'cancelJob', 'findSettings', 'sendOwnTestAlert' ];
	const starting = jobs.filter( ( [ name ] ) => ! withoutServer.includes( name ) );
	expect( starting.length ).toBeGreaterThan( 5 );
	expect(
		starting.filter( ( [ , endpoint ] ) => ! ( 'sendsConnection' in endpoint ) ).map( ( [ name ] ) => name )
	).toEqual( [] );
} );
