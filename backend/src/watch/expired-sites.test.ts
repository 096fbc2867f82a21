import { saveDefaults } from '../../test-fixtures/accounts.ts';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { sql } from 'kysely';
import { connectServer, settings, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import { makeSiteClient, type SiteClient } from '../../test-fixtures/site-client.ts';
import { makePairingCode } from '../db/pairing-codes.ts';
import { letKeyExpire, siteByKey } from '../db/sites.ts';
import { endExpiredSites } from './expired-sites.ts';

jest.setTimeout( 240_000 );

const day = 86_400_000;
let backend: TestBackend;
beforeAll( async () => {
	backend = await startBackend();
} );
afterAll( () => backend.stop() );

async function expiredSite( siteUrl: string ): Promise< SiteClient > {
	const site = await backend.site( { siteUrl } );
	await connectServer( site, 1 );
	await saveDefaults( site, settings );
	await expire( site );
	return site;
}
async function expire( site: SiteClient ) {
	const { db, vault } = backend.app;
	const row = await siteByKey( db, vault, site.keyId() );
	await letKeyExpire( db, vault, row!, new Date( Date.now() - 1000 ) );
}
async function pairAgain( before: SiteClient, siteUrl: string ): Promise< SiteClient > {
	const after = makeSiteClient( backend.audience, { siteUrl } );
	const { code } = await makePairingCode( backend.app.db, backend.app.vault );
	const asked = { code, publicKey: after.rawPublicKey, siteUrl, backendUrl: backend.audience };
	expect( await after.pair( code, { signedBy: before.signPairing( asked ) } ) ).toMatchObject( { status: 200 } );
	return after;
}
const secretsLeft = async ( site: SiteClient ) => {
	const { rows } = await sql< { count: number } >`
		select count(*)::int from secrets where row_id in (
			select id::text from servers where site_id = (select id from sites where key_id = ${ site.keyId() })
			union select site_id::text from accounts where site_id = (select id from sites where key_id = ${ site.keyId() })
			union select id::text from accounts where site_id = (select id from sites where key_id = ${ site.keyId() })
		)
	`.execute( backend.app.db );
	return rows[ 0 ]?.count ?? 0;
};
const recorded = async ( site: SiteClient ) =>
	(
		await backend.app.db
			.selectFrom( 'audit' )
			.innerJoin( 'sites', 'sites.id', 'audit.siteId' )
			.select( 'action' )
			.where( 'keyId', '=', site.keyId() )
			.where( 'action', 'in', [ 'key_expired', 'pairing_ended' ] )
			.orderBy( 'seq' )
			.execute()
	).map( ( { action } ) => action );

test( 'ninety days after it was seen that a key has expired, the site ends: its secrets are deleted', async () => {
	const site = await expiredSite( 'https://left.example.com' );
	const before = await secretsLeft( site );
	expect( before ).toBeGreaterThan( 0 );
	await endExpiredSites( backend.app, Date.now() );
	await endExpiredSites( backend.app, Date.now() + 89 * day );
	expect( await secretsLeft( site ) ).toBe( before );
	expect( await recorded( site ) ).toEqual( [ 'key_expired' ] );

	await endExpiredSites( backend.app, Date.now() + 91 * day );
	await endExpiredSites( backend.app, Date.now() + 92 * day );
	expect( await secretsLeft( site ) ).toBe( 0 );
	expect( await recorded( site ) ).toEqual( [ 'key_expired', 'pairing_ended' ] );
	expect( backend.logged() ).toContain( 'expired for 90 days' );
	// its key is good for nothing, not even to pair again as the same site
	expect( ( await ( await pairAgain( site, 'https://left.example.com' ) ).call( 'readSite' ) ).body.servers ).toBe(
		0
	);
} );

test( 'a backend that was off for long takes nobody by surprise: the days count from when it saw it', async () => {
	const site = await expiredSite( 'https://cellar.example.com' );
	const before = await secretsLeft( site );
	await endExpiredSites( backend.app, Date.now() + 400 * day );
	expect( await secretsLeft( site ) ).toBe( before );
} );

test( 'a site that pairs again before keeps all, and has its ninety days again when that key expires', async () => {
	const siteUrl = 'https://back.example.com';
	const first = await expiredSite( siteUrl );
	await endExpiredSites( backend.app, Date.now() );
	const site = await pairAgain( first, siteUrl );
	await endExpiredSites( backend.app, Date.now() + 89 * day );
	expect( ( await site.call( 'readSite' ) ).body.servers ).toBe( 1 );
	expect( await recorded( site ) ).toEqual( [ 'key_expired' ] );

	await expire( site );
	await sql`update audit set at = at - interval '95 days' where action = 'key_expired'`.execute( backend.app.db );
	await endExpiredSites( backend.app, Date.now() );
	expect( await recorded( site ) ).toEqual( [ 'key_expired', 'key_expired' ] );
	expect( await secretsLeft( site ) ).toBeGreaterThan( 0 );
} );
