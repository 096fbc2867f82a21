import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { rotateText } from '@email-gateway/shared';
import { makeSiteClient } from '../../test-fixtures/site-client.ts';
import { connectServer, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import { makePairingCode } from '../db/pairing-codes.ts';

jest.setTimeout( 120_000 );

const day = 86_400_000;
let backend: TestBackend;
let days = 0;
const now = () => Date.now() + days * day;
const created = () => Math.floor( now() / 1000 );
beforeAll( async () => {
	backend = await startBackend( { now } );
} );
afterAll( () => backend.stop() );

const siteOf = async ( siteUrl: string ) => {
	days = 0;
	return backend.site( { siteUrl } );
};
const expired = { status: 401, body: { code: 'site_key_expired' } };

describe( 'the key of a site', () => {
	test( 'signs this text for the one that takes its place, which PHP writes as well', () => {
		expect( rotateText( { keyId: 'former', publicKey: 'key', siteUrl: 'https://site.example.com' } ) ).toBe(
			'email-gateway-rotate-v1\nformer\nkey\nhttps://site.example.com'
		);
	} );

	test( 'ends after ninety days; with a code, its signature still proves the site', async () => {
		const siteUrl = 'https://forgetful.example.com';
		const site = await siteOf( siteUrl );
		await connectServer( site, 1 );
		days = 89;
		expect( ( await site.call( 'readSite', { created: created() } ) ).status ).toBe( 200 );
		days = 90;
		expect( await site.call( 'readSite', { created: created() } ) ).toMatchObject( expired );
		const { code } = await makePairingCode( backend.app.db, backend.app.vault );
		const after = makeSiteClient( backend.audience, { siteUrl } );
		const signedBy = site.signPairing( {
			code,
			publicKey: after.rawPublicKey,
			siteUrl,
			backendUrl: backend.audience,
		} );
		await after.pair( code, { signedBy } );
		expect( ( await after.call( 'readSite', { created: created() } ) ).body.servers ).toBe( 1 );
	} );

	test( 'is replaced by one that it signs for, which lives as long; it is good for nothing afterwards', async () => {
		const siteUrl = 'https://rotating.example.com';
		const site = await siteOf( siteUrl );
		await connectServer( site, 1 );
		days = 80;
		const next = makeSiteClient( backend.audience, { siteUrl } );
		const body = next.signRotation( site.keyId() );
		const rotated = await site.call( 'rotateKey', { body, created: created() } );
		expect( rotated ).toMatchObject( { status: 200 } );
		next.useKeyId( rotated.body.keyId );
		expect( await site.call( 'readSite', { created: created() } ) ).toMatchObject( {
			body: { code: 'site_unknown' },
		} );
		days = 160;
		expect( ( await next.call( 'readSite', { created: created() } ) ).body ).toMatchObject( { servers: 1 } );
		const { entries } = ( await next.call( 'readSiteAudit', { created: created() } ) ).body;
		expect( entries[ 0 ] ).toMatchObject( { action: 'key_rotated', actor: 'admin' } );
		days = 171;
		expect( await next.call( 'readSite', { created: created() } ) ).toMatchObject( expired );
		// what was given up never comes back
		days = 160;
		const back = await next.call( 'rotateKey', { body: site.signRotation( next.keyId() ), created: created() } );
		expect( back ).toMatchObject( { body: { code: 'site_revoked' } } );
	} );

	test( 'is not replaced by one whose private half nobody showed, nor by who does not manage the site', async () => {
		const siteUrl = 'https://victim.example.com';
		const site = await siteOf( siteUrl );
		const other = makeSiteClient( backend.audience, { siteUrl } );
		const { publicKey } = makeSiteClient( backend.audience, { siteUrl } ).signRotation( site.keyId() );
		const { proof } = other.signRotation( site.keyId() );
		for ( const body of [
			{ publicKey, proof },
			{ publicKey: other.rawPublicKey, proof: other.signRotation( 'another' ).proof },
		] ) {
			expect( await site.call( 'rotateKey', { body } ) ).toMatchObject( { body: { code: 'signature_invalid' } } );
		}
		const body = other.signRotation( site.keyId() );
		const refused = await site.call( 'rotateKey', { body, actor: { may: [ 'manage_defaults' ] } } );
		expect( refused ).toMatchObject( { status: 403 } );
		expect( ( await site.call( 'readSite' ) ).status ).toBe( 200 );
	} );
} );
