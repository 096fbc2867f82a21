import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import type { SiteClient } from '../../test-fixtures/site-client.ts';
import { startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import { newSigningSecret } from '../alerts/signing.ts';
import { testMessage } from '../alerts/words.ts';
import { Secret } from '../vault/secret.ts';
import { up } from './migrations/0017-incidents.ts';
import { up as addOwnChannels } from './migrations/0030-own-channels.ts';
import { json } from './tables.ts';

let backend: TestBackend;
let site: SiteClient;
beforeAll( async () => {
	backend = await startBackend( { withWorker: false } );
	site = await backend.site();
	await backend.site( { siteUrl: 'https://without.example.com' } );
}, 60_000 );
afterAll( () => backend.stop() );

test( 'a webhook of before there were channels is one of them, with what waits for it, and can be changed and deleted', async () => {
	const { db, secrets } = backend.app;
	// the tables as the release before left them
	await sql`alter table alert_deliveries drop column channel`.execute( db );
	await sql`drop table incidents, alert_threads, alert_hushes, alert_channels`.execute( db );
	const { id: siteId } = await db
		.selectFrom( 'sites' )
		.select( 'id' )
		.where( 'url', '<>', 'https://without.example.com' )
		.executeTakeFirstOrThrow();
	const place = { table: 'sites', id: siteId, field: 'webhook', boundTo: { siteId } };
	const saved = { url: 'https://hooks.example.com/in', signingSecret: newSigningSecret() };
	await secrets.save( db, place, new Secret( JSON.stringify( saved ) ) );
	const message = json( testMessage( 'https://example.com', new Date() ) );
	await sql`insert into alert_deliveries (id, site_id, message, created_at, due_at)
		select gen_random_uuid(), id, ${ message }::jsonb, now(), now() from sites`.execute( db );

	await up( db as never );
	// and what later ones add
	await sql`alter table alert_channels add column account uuid references accounts`.execute( db );
	await addOwnChannels( db as never );

	const channel = { id: siteId, kind: 'webhook', shown: 'hooks.example.com', owner: null };
	const { body } = await site.call( 'readAlerts' );
	expect( body.channels ).toMatchObject( [ { ...channel, lastDelivery: { isTest: true, outcome: 'waiting' } } ] );
	const rows = await db.selectFrom( 'alertDeliveries' ).select( [ 'siteId', 'channel' ] ).execute();
	expect( rows ).toEqual( [ { siteId, channel: siteId } ] );
	await site.call( 'saveChannel', { body: { id: siteId, name: 'On call', owner: 7, target: null } } );
	expect( ( await site.call( 'readAlerts' ) ).body.channels ).toMatchObject( [ { ...channel, owner: 7 } ] );
	await site.call( 'deleteChannel', { body: { id: siteId } } );
	expect( await secrets.has( db, place ) ).toBe( false );
} );
