import { saveDefaults } from '../../test-fixtures/accounts.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { pairAgainText } from '@email-gateway/shared';
import { administrator, makeSiteClient, type SiteClient } from '../../test-fixtures/site-client.ts';
import { connectServer, settings, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import { makePairingCode } from '../db/pairing-codes.ts';

let backend: TestBackend;
let backendUrl: string;
beforeAll( async () => {
	backend = await startBackend();
	backendUrl = backend.audience;
}, 120_000 );
afterAll( () => backend.stop() );

const { siteUrl } = administrator;
const newCode = async () => ( await makePairingCode( backend.app.db, backend.app.vault ) ).code;
/** A site with one server and defaults. */
async function pairedSite(): Promise< SiteClient > {
	const site = await backend.site();
	await connectServer( site, 7 );
	await saveDefaults( site, settings );
	return site;
}
const ownedBy = async ( site: SiteClient ) => ( {
	servers: ( await site.call( 'readSite' ) ).body.servers,
	host: ( await site.call( 'readServer', { serverId: 7 } ) ).body.connection?.host ?? null,
	defaults: ( await site.call( 'readAccounts' ) ).body.accounts[ 0 ]?.userName ?? null,
} );
const everything = { servers: 1, host: '203.0.113.7', defaults: settings.userName };
const nothing = { servers: 0, host: null, defaults: null };

describe( 'a site that pairs again', () => {
	test( 'signs this text, which PHP writes as well', () => {
		expect( pairAgainText( { code: 'code', publicKey: 'key', siteUrl, backendUrl: 'https://b' } ) ).toBe(
			`email-gateway-pair-again-v2\ncode\nkey\n${ siteUrl }\nhttps://b`
		);
	} );

	test( 'keeps its servers and defaults where its former key signs; that key is good for nothing afterwards', async () => {
		const [ before, after ] = [ await pairedSite(), makeSiteClient( backend.audience ) ];
		const code = await newCode();
		const signedBy = before.signPairing( { code, publicKey: after.rawPublicKey, siteUrl, backendUrl } );
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
		const signedBy = before.signPairing( { code, publicKey: copy.rawPublicKey, siteUrl: copyUrl, backendUrl } );
		await copy.pair( code, { signedBy } );
		expect( await ownedBy( copy ) ).toEqual( nothing );
		expect( await ownedBy( before ) ).toEqual( everything );
	} );

	test( 'is a new site where the former key is not known here', async () => {
		const [ stranger, after ] = [ makeSiteClient( backend.audience ), makeSiteClient( backend.audience ) ];
		const code = await newCode();
		const signedBy = stranger.signPairing( { code, publicKey: after.rawPublicKey, siteUrl, backendUrl } );
		expect( await after.pair( code, { signedBy: { ...signedBy, keyId: 'elsewhere' } } ) ).toMatchObject( {
			status: 200,
		} );
		expect( await ownedBy( after ) ).toEqual( nothing );
	} );

	test.each( [ 'code', 'publicKey' ] as const )( 'is refused where another %s was signed', async ( part ) => {
		const [ before, thief ] = [ await pairedSite(), makeSiteClient( backend.audience ) ];
		const code = await newCode();
		const asked = { code, publicKey: thief.rawPublicKey, siteUrl, backendUrl };
		const signedBy = before.signPairing( { ...asked, [ part ]: 'another' } );
		expect( await thief.pair( code, { signedBy } ) ).toMatchObject( {
			status: 401,
			body: { code: 'signature_invalid' },
		} );
		expect( await ownedBy( before ) ).toEqual( everything );
	} );
} );

describe( 'a pairing is for the address that a person typed', () => {
	const phished = 'https://gateway.example.org';
	const known = async () =>
		( await backend.app.db.selectFrom( 'sites' ).select( 'keyId' ).execute() ).map( ( { keyId } ) => keyId );

	test( 'one that was typed for another backend, and passed on to this one, is refused', async () => {
		const [ site, before ] = [ makeSiteClient( backend.audience ), await known() ];
		expect( await site.pair( await newCode(), { backendUrl: phished } ) ).toMatchObject( {
			status: 409,
			body: { code: 'wrong_backend_address', data: { detail: { address: backend.audience } } },
		} );
		expect( await known() ).toEqual( before );
	} );

	test( 'whoever passes it on cannot put this address in its place', async () => {
		const [ site, former, before ] = [ makeSiteClient( backend.audience ), await pairedSite(), await known() ];
		const code = await newCode();
		const asked = { code, publicKey: site.rawPublicKey, siteUrl, backendUrl: phished };
		const { signature: proof } = site.signNewKey( asked );
		expect( await site.pair( code, { proof } ) ).toMatchObject( {
			status: 401,
			body: { code: 'signature_invalid' },
		} );
		const signedBy = former.signPairing( asked );
		expect( await site.pair( await newCode(), { signedBy } ) ).toMatchObject( {
			status: 401,
			body: { code: 'signature_invalid' },
		} );
		expect( await known() ).toEqual( expect.arrayContaining( before ) );
	} );

	test( 'spelled in other letters it is the same', async () => {
		const site = makeSiteClient( backend.audience );
		const spelled = backend.audience.replace( 'http', 'HTTP' ) + '/';
		expect( await site.pair( await newCode(), { backendUrl: spelled } ) ).toMatchObject( { status: 200 } );
	} );
} );
