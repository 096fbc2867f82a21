import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { makeSiteClient } from '../../test-fixtures/site-client.ts';
import { startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import { giveNewKey, letCustomersUseIncluded, revokeSite, siteByKey, siteById, type Site } from './sites.ts';

jest.setTimeout( 120_000 );

// Two requests at once read the same row: the later one goes by what the earlier one wrote.

let backend: TestBackend;
beforeAll( async () => {
	backend = await startBackend( { withWorker: false } );
} );
afterAll( () => backend.stop() );

/** A site as a request read it that another one overtakes. */
async function readBefore( siteUrl: string ): Promise< Site > {
	const client = await backend.site( { siteUrl } );
	return ( await siteByKey( backend.app.db, backend.app.vault, client.keyId() ) ) as Site;
}
const anotherKey = () => ( { publicKey: makeSiteClient( backend.audience ).rawPublicKey, now: Date.now() } );

describe( 'a site that was changed since a request read it', () => {
	test( 'stays genuine, and keeps what the other request changed', async () => {
		const { db, vault } = backend.app;
		const before = await readBefore( 'https://one.example.com' );
		await letCustomersUseIncluded( db, vault, before, true );
		const { keyId } = await giveNewKey( db, vault, before, anotherKey() );
		expect( await siteById( db, vault, before.id ) ).toMatchObject( {
			keyId,
			customersMayUseIncluded: true,
		} );
	} );

	test( 'is changed by nobody who came with a key that was replaced or ended', async () => {
		const { db, vault } = backend.app;
		const before = await readBefore( 'https://two.example.com' );
		const { keyId } = await giveNewKey( db, vault, before, anotherKey() );
		const revoked = { failure: { code: 'site_revoked' } };
		await expect( giveNewKey( db, vault, before, anotherKey() ) ).rejects.toMatchObject( revoked );
		await expect( letCustomersUseIncluded( db, vault, before, true ) ).rejects.toMatchObject( revoked );
		const after = await siteById( db, vault, before.id );
		expect( after.keyId ).toBe( keyId );

		await revokeSite( db, vault, after );
		await expect( giveNewKey( db, vault, after, anotherKey() ) ).rejects.toMatchObject( revoked );
		expect( ( await siteById( db, vault, before.id ) ).revokedAt ).not.toBeNull();
	} );
} );
