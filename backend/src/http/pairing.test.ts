import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { pairAgainText } from '@email-gateway/shared';
import { administrator, makeSiteClient, type SiteClient } from '../../test-fixtures/site-client.ts';
import { connectServer, settings, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import { makePairingCode } from '../db/pairing-codes.ts';

let backend: TestBackend;
beforeAll( async () => {
	backend = await startBackend();
}, 120_000 );
afterAll( () => backend.stop() );

const { siteUrl } = administrator;
const newCode = async () => ( await makePairingCode( backend.app.db, backend.app.vault ) ).code;
/** A site with one server and defaults. */
async function pairedSite(): Promise< SiteClient > {
	const site = await backend.site();
	await connectServer( site, 7 );
	await site.call( 'saveDefaults', { body: { defaults: settings } } );
	return site;
}
const ownedBy = async ( site: SiteClient ) => ( {
	servers: ( await site.call( 'readSite' ) ).body.servers,
	host: ( await site.call( 'readServer', { serverId: 7 } ) ).body.connection?.host ?? null,
	defaults: ( await site.call( 'readDefaults' ) ).body.defaults?.userName ?? null,
} );
const everything = { servers: 1, host: '203.0.113.7', defaults: settings.userName };
const nothing = { servers: 0, host: null, defaults: null };

describe( 'a site that pairs again', () => {
	test( 'signs this text, which PHP writes as well', () => {
		expect( pairAgainText( { code: 'code', publicKey: 'key', siteUrl } ) ).toBe(
			`email-gateway-pair-again-v1\ncode\nkey\n${ siteUrl }`
		);
	} );

	test( 'keeps its servers and defaults where its former key signs; that key is good for nothing afterwards', async () => {
		const [ before, after ] = [ await pairedSite(), makeSiteClient( backend.audience ) ];
		const code = await newCode();
		const signedBy = before.signPairing( { code, publicKey: after.rawPublicKey, siteUrl } );
		expect( await after.pair( code, { signedBy } ) ).toMatchObject( { status: 200 } );
		expect( await ownedBy( after ) ).toEqual( everything );
		expect( await before.call( 'readSite' ) ).toMatchObject( { status: 401, body: { code: 'site_unknown' } } );
	} );

	test( 'is a new site without that signature', async () => {
		const [ before, after ] = [ await pairedSite(), makeSiteClient( backend.audience ) ];
		await after.pair( await newCode() );
		expect( await ownedBy( after ) ).toEqual( nothing );
		expect( await ownedBy( before ) ).toEqual( everything );
	} );

	test( 'is a new site at another address, since a copy has the former key as well', async () => {
		const copyUrl = 'https://copy.example.com';
		const [ before, copy ] = [ await pairedSite(), makeSiteClient( backend.audience, { siteUrl: copyUrl } ) ];
		const code = await newCode();
		const signedBy = before.signPairing( { code, publicKey: copy.rawPublicKey, siteUrl: copyUrl } );
		await copy.pair( code, { signedBy } );
		expect( await ownedBy( copy ) ).toEqual( nothing );
		expect( await ownedBy( before ) ).toEqual( everything );
	} );

	test( 'is a new site where the former key is not known here', async () => {
		const [ stranger, after ] = [ makeSiteClient( backend.audience ), makeSiteClient( backend.audience ) ];
		const code = await newCode();
		const signedBy = stranger.signPairing( { code, publicKey: after.rawPublicKey, siteUrl } );
		expect( await after.pair( code, { signedBy: { ...signedBy, keyId: 'elsewhere' } } ) ).toMatchObject( {
			status: 200,
		} );
		expect( await ownedBy( after ) ).toEqual( nothing );
	} );

	test.each( [ 'code', 'publicKey' ] as const )( 'is refused where another %s was signed', async ( part ) => {
		const [ before, thief ] = [ await pairedSite(), makeSiteClient( backend.audience ) ];
		const code = await newCode();
		const asked = { code, publicKey: thief.rawPublicKey, siteUrl };
		const signedBy = before.signPairing( { ...asked, [ part ]: 'another' } );
		expect( await thief.pair( code, { signedBy } ) ).toMatchObject( {
			status: 401,
			body: { code: 'signature_invalid' },
		} );
		expect( await ownedBy( before ) ).toEqual( everything );
	} );
} );
