import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { makePairingCode } from '../db/pairing-codes.ts';
import { connection, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import { makeSiteClient, type SiteClient } from '../../test-fixtures/site-client.ts';

let backend: TestBackend;
let site: SiteClient;
beforeAll( async () => {
	backend = await startBackend();
	site = await backend.site();
}, 120_000 );
afterAll( () => backend.stop() );

const count = async ( table: 'nonces' | 'servers' | 'jobs' ) =>
	Number(
		(
			await backend.app.db
				.selectFrom( table )
				.select( ( { fn } ) => fn.countAll().as( 'n' ) )
				.executeTakeFirstOrThrow()
		).n
	);

describe( 'pairing', () => {
	test( 'a code pairs once; what it gives is what a site needs to sign', async () => {
		const { code } = await makePairingCode( backend.app.db, backend.app.vault );
		const client = makeSiteClient( backend.audience );
		const paired = await client.pair( code );
		expect( paired ).toMatchObject( { status: 200, body: { audience: backend.audience } } );
		expect( ( await client.call( 'readSite' ) ).body ).toMatchObject( {
			siteUrl: 'https://site.example.com',
			database: 'embedded',
			keyBesideDatabase: true,
		} );
		expect( await makeSiteClient( backend.audience ).pair( code ) ).toMatchObject( {
			status: 403,
			body: { code: 'pairing_code_used_up' },
		} );
	} );

	test( 'a code may be typed in small letters, without hyphens, with O for zero', async () => {
		const { code } = await makePairingCode( backend.app.db, backend.app.vault );
		const typed = code.toLowerCase().replaceAll( '-', ' ' ).replaceAll( '0', 'o' );
		expect( ( await makeSiteClient( backend.audience ).pair( typed ) ).status ).toBe( 200 );
	} );

	test( 'five wrong tries use a code up, also for the right one', async () => {
		const { code } = await makePairingCode( backend.app.db, backend.app.vault );
		const wrong = code.slice( 0, -1 ) + ( code.endsWith( 'Z' ) ? 'Y' : 'Z' );
		for ( let time = 0; time < 5; time++ ) {
			expect( ( await makeSiteClient( backend.audience ).pair( wrong ) ).body ).toMatchObject( {
				code: 'pairing_code_invalid',
			} );
		}
		expect( ( await makeSiteClient( backend.audience ).pair( code ) ).body ).toMatchObject( {
			code: 'pairing_code_used_up',
		} );
	} );

	test( 'a code is worth nothing after a quarter of an hour', async () => {
		const now = Date.now() - 15 * 60_000 - 1;
		const { code } = await makePairingCode( backend.app.db, backend.app.vault, { now } );
		expect( ( await makeSiteClient( backend.audience ).pair( code ) ).body ).toMatchObject( {
			code: 'pairing_code_expired',
		} );
	} );
} );

describe( 'a request that is not what a paired site signed', () => {
	test( 'changes nothing: unsigned, too old, altered', async () => {
		const before = [ await count( 'nonces' ), await count( 'servers' ) ];
		const unsigned = await site.call( 'readServer', {
			serverId: 500,
			tamper: ( request ) => void delete request.headers.signature,
		} );
		const old = await site.call( 'readServer', { serverId: 500, created: Math.floor( Date.now() / 1000 ) - 100 } );
		const altered = await site.call( 'readServer', {
			serverId: 500,
			tamper: ( request ) => void ( request.url = request.url.replace( '/500', '/501' ) ),
		} );
		expect( [ unsigned.body, old.body, altered.body ] ).toMatchObject( [
			{ code: 'signature_missing', data: { status: 401 } },
			{ code: 'signature_too_old', data: { status: 401, now: expect.any( Number ) } },
			{ code: 'signature_invalid', data: { status: 401 } },
		] );
		expect( [ await count( 'nonces' ), await count( 'servers' ) ] ).toEqual( before );
	} );

	test( 'a replay is refused', async () => {
		const nonce = 'the-same-nonce-twice';
		expect( ( await site.call( 'readSite', { nonce } ) ).status ).toBe( 200 );
		expect( await site.call( 'readSite', { nonce } ) ).toMatchObject( {
			status: 401,
			body: { code: 'signature_replayed' },
		} );
	} );

	test( 'a body that was changed on its way is refused', async () => {
		const tamper = ( request: { body: string } ) =>
			void ( request.body = request.body.replace( '203.0.113.7', '203.0.113.8' ) );
		expect( await site.call( 'saveConnection', { serverId: 502, body: { connection }, tamper } ) ).toMatchObject( {
			status: 401,
			body: { code: 'signature_invalid' },
		} );
	} );

	test( 'more than 64 KiB are not read', async () => {
		const tamper = ( request: { body: string } ) => void ( request.body = 'x'.repeat( 65 * 1024 ) );
		expect( await site.call( 'saveConnection', { serverId: 502, body: { connection }, tamper } ) ).toMatchObject( {
			status: 413,
			body: { code: 'body_too_large' },
		} );
	} );
} );
