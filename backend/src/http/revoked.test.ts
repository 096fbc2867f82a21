import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { webhookTo } from '../../test-fixtures/alert-channel.ts';
import { makeFakeTools } from '../../test-fixtures/fake-tools.ts';
import { makeSiteClient, type SiteClient } from '../../test-fixtures/site-client.ts';
import { connectServer, settings, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import { makePairingCode } from '../db/pairing-codes.ts';
import { endSite, expireSite, listSites } from '../operator-sites.ts';

jest.setTimeout( 120_000 );

let backend: TestBackend;
/** Until it is fulfilled no server is reached. */
let reachable: Promise< void > = Promise.resolve();
const { tools } = makeFakeTools();
beforeAll( async () => {
	const connect: typeof tools.connect = async ( ...target ) => {
		await reachable;
		return tools.connect( ...target );
	};
	backend = await startBackend( { tools: { ...tools, connect } } );
} );
afterAll( () => backend.stop() );

const newCode = async () => ( await makePairingCode( backend.app.db, backend.app.vault ) ).code;
const idOf = async ( url: string ) => {
	const { sites } = await listSites( backend.app );
	return ( sites as { id: string; url: string }[] ).find( ( site ) => site.url === url )?.id ?? '';
};
const unknown = { status: 401, body: { code: 'site_unknown' } };
const revoked = { status: 401, body: { code: 'site_revoked' } };

describe( 'pairing', () => {
	test( 'takes the private key: who has a code and the public key of another site changes nothing', async () => {
		const victim = await backend.site( { siteUrl: 'https://victim.example.com' } );
		const thief = makeSiteClient( backend.audience, { siteUrl: 'https://thief.example.com' } );
		const asked = await thief.pair( await newCode(), { publicKey: victim.rawPublicKey } );
		expect( asked ).toMatchObject( { status: 401, body: { code: 'signature_invalid' } } );
		expect( ( await victim.call( 'readSite' ) ).body.siteUrl ).toBe( 'https://victim.example.com' );
	} );
} );

describe( 'a site whose pairing has ended', () => {
	const end: Record< string, ( site: SiteClient, url: string ) => Promise< unknown > > = {
		'by itself': ( site ) => site.call( 'endPairing' ),
		'by the operator': async ( _site, url ) =>
			endSite( backend.app, new URLSearchParams( { id: await idOf( url ) } ) ),
	};
	test.each( Object.keys( end ) )( 'is answered no more, and lives never again: %s', async ( how ) => {
		const siteUrl = `https://${ how.replaceAll( ' ', '-' ) }.example.com`;
		const site = await backend.site( { siteUrl } );
		await connectServer( site, 1 );
		await site.call( 'saveChannel', { body: webhookTo( 'https://hooks.example.com/alerts' ) } );
		await end[ how ]?.( site, siteUrl );
		expect( await site.call( 'readSite' ) ).toMatchObject( revoked );
		// with a code and its own key, and with its signature for another one
		expect( await site.pair( await newCode() ) ).toMatchObject( revoked );
		const after = makeSiteClient( backend.audience, { siteUrl } );
		const code = await newCode();
		const signedBy = site.signPairing( {
			code,
			publicKey: after.rawPublicKey,
			siteUrl,
			backendUrl: backend.audience,
		} );
		expect( await after.pair( code, { signedBy } ) ).toMatchObject( { status: 200 } );
		expect( ( await after.call( 'readSite' ) ).body.servers ).toBe( 0 );
		const { id, siteId } = await backend.app.db
			.selectFrom( 'servers' )
			.innerJoin( 'sites', 'sites.id', 'servers.siteId' )
			.select( [ 'servers.id', 'servers.siteId' ] )
			.where( 'sites.url', '=', siteUrl )
			.executeTakeFirstOrThrow();
		const left = await backend.app.db
			.selectFrom( 'secrets' )
			.select( 'field' )
			.where( 'rowId', 'in', [ id, siteId ] )
			.execute();
		expect( left ).toEqual( [] );
	} );

	const ends: Record< string, ( site: SiteClient, url: string ) => Promise< unknown > > = {
		site_revoked: end[ 'by itself' ]!,
		site_key_expired: async ( _site, url ) =>
			expireSite( backend.app, new URLSearchParams( { id: await idOf( url ), days: '0' } ) ),
	};
	test.each( Object.keys( ends ) )( 'has none of its waiting jobs begun: %s', async ( code ) => {
		const siteUrl = `https://waiting-${ code.replaceAll( '_', '-' ) }.example.com`;
		const site = await backend.site( { siteUrl } );
		await connectServer( site, 1 );
		const gate = Promise.withResolvers< void >();
		reachable = gate.promise;
		await site.call( 'checkConnection', { serverId: 1 } );
		const { body } = await site.call( 'previewChanges', { serverId: 1, body: { settings } } );
		await ends[ code ]?.( site, siteUrl );
		gate.resolve();
		const stateOf = () =>
			backend.app.db
				.selectFrom( 'jobs' )
				.select( [ 'state', 'error' ] )
				.where( 'id', '=', body.jobId )
				.executeTakeFirstOrThrow();
		while ( [ 'queued', 'running' ].includes( ( await stateOf() ).state ) ) {
			await new Promise( ( resolve ) => setTimeout( resolve, 50 ) );
		}
		expect( await stateOf() ).toMatchObject( { state: 'failed', error: { code } } );
	} );
} );

describe( 'the key of a site', () => {
	test( 'that was replaced is not paired again', async () => {
		const siteUrl = 'https://replaced.example.com';
		const before = await backend.site( { siteUrl } );
		const after = makeSiteClient( backend.audience, { siteUrl } );
		const code = await newCode();
		const signedBy = before.signPairing( {
			code,
			publicKey: after.rawPublicKey,
			siteUrl,
			backendUrl: backend.audience,
		} );
		await after.pair( code, { signedBy } );
		expect( await before.call( 'readSite' ) ).toMatchObject( unknown );
		expect( await before.pair( await newCode() ) ).toMatchObject( revoked );
		expect( ( await after.call( 'readSite' ) ).status ).toBe( 200 );
	} );

	test( 'ends when the operator says, and another one that it signs takes its place', async () => {
		const siteUrl = 'https://expiring.example.com';
		const site = await backend.site( { siteUrl } );
		await connectServer( site, 1 );
		const asked = ( days: number ) => async () =>
			expireSite( backend.app, new URLSearchParams( { id: await idOf( siteUrl ), days: String( days ) } ) );
		await asked( 30 )();
		expect( ( await site.call( 'readSite' ) ).status ).toBe( 200 );
		await asked( 0 )();
		expect( await site.call( 'readSite' ) ).toMatchObject( { status: 401, body: { code: 'site_key_expired' } } );
		const after = makeSiteClient( backend.audience, { siteUrl } );
		const code = await newCode();
		const signedBy = site.signPairing( {
			code,
			publicKey: after.rawPublicKey,
			siteUrl,
			backendUrl: backend.audience,
		} );
		await after.pair( code, { signedBy } );
		expect( ( await after.call( 'readSite' ) ).body.servers ).toBe( 1 );
	} );
} );
