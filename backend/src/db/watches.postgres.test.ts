import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { sql } from 'kysely';
import { connectServer, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import { makeTestDatabase } from '../../test-fixtures/test-database.ts';
import { addChannel } from './alert-channels.ts';
import { addDelivery, claimDeliveries } from './alert-deliveries.ts';
import { claimDue, watchInstalled } from './watches.ts';

// Workers that ask at the same moment, each over a connection of its own.

jest.setTimeout( 120_000 );

let database: Awaited< ReturnType< typeof makeTestDatabase > >;
let backend: TestBackend;
beforeAll( async () => {
	database = await makeTestDatabase();
	backend = await startBackend( { env: { DATABASE_URL: database.url } } );
	await connectServer( await backend.site(), 1 );
} );
afterAll( async () => {
	await backend.stop();
	await database.drop();
} );

test( 'each server that is due is taken by one worker, and what is held counts', async () => {
	const { db } = backend.app;
	await sql`
		insert into servers select (jsonb_populate_record(s, jsonb_build_object(
			'id', gen_random_uuid(), 'server_id', 100 + n, 'installed_version', 1
		))).* from servers s, generate_series(1, 60) n
	`.execute( db );
	await watchInstalled( db );
	const places = { free: 8, mostOfSite: 8, held: [] };
	const claimed = ( await Promise.all( Array.from( { length: 6 }, () => claimDue( db, places ) ) ) ).flat();
	const servers = claimed.map( ( { server } ) => server );
	expect( servers.length ).toBeGreaterThanOrEqual( 8 );
	expect( new Set( servers ).size ).toBe( servers.length );
	expect( await claimDue( db, { free: 8, mostOfSite: 8, held: servers.slice( 0, 8 ) } ) ).toEqual( [] );
} );

test( 'each alert is sent by one worker, two of a site at once', async () => {
	const { db } = backend.app;
	const { siteId } = await db.selectFrom( 'servers' ).select( 'siteId' ).limit( 1 ).executeTakeFirstOrThrow();
	const told = { name: '', owner: null, account: null, weekly: false, own: false };
	const channel = await db.transaction().execute( ( tx ) => addChannel( tx, { siteId, kind: 'webhook', ...told } ) );
	for ( let n = 0; n < 12; n++ ) {
		await addDelivery( db, channel, { kind: 'test' } as never );
	}
	const claimed = ( await Promise.all( Array.from( { length: 6 }, () => claimDeliveries( db, 8 ) ) ) ).flat();
	const ids = claimed.map( ( { id } ) => id );
	expect( ids.length ).toBeGreaterThanOrEqual( 1 );
	expect( new Set( ids ).size ).toBe( ids.length );
	expect( claimed.every( ( { tries } ) => tries === 1 ) ).toBe( true );
} );
