import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { deliverDue } from '../alerts/deliver.ts';
import type { SiteClient } from '../../test-fixtures/site-client.ts';
import { startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';

let backend: TestBackend;
let site: SiteClient;
const secretPath = 'T0KEN-of-the-webhook';
const webhook = `https://127.0.0.1/${ secretPath }`;

beforeAll( async () => {
	backend = await startBackend( { withWorker: false } );
	site = await backend.site();
} );
afterAll( () => backend.stop() );

describe( 'the alerts of a site', () => {
	test( 'begin with nobody told; a test alert says so', async () => {
		expect( ( await site.call( 'readAlerts' ) ).body ).toEqual( { webhook: null, signingSecret: null } );
		expect( await site.call( 'sendTestAlert', { body: {} } ) ).toMatchObject( {
			status: 409,
			body: { code: 'no_alert_channel' },
		} );
	} );

	test( 'show the signing secret once, and of the address its host only', async () => {
		const saved = await site.call( 'saveAlerts', { body: { webhook } } );
		expect( saved.body.signingSecret ).toMatch( /^whsec_[A-Za-z0-9+/=]{44}$/ );
		const read = await site.call( 'readAlerts' );
		expect( read.body ).toEqual( { webhook: { host: '127.0.0.1', lastDelivery: null }, signingSecret: null } );
		expect( backend.logged() ).not.toContain( secretPath );
	} );

	test( 'queue a test alert; an inner address is refused where it is sent, and tried again later', async () => {
		await site.call( 'saveAlerts', { body: { webhook } } );
		await site.call( 'sendTestAlert', { body: {} } );
		await deliverDue( backend.app );
		await deliverDue( backend.app );
		const { body } = await site.call( 'readAlerts' );
		expect( body.webhook?.lastDelivery ).toMatchObject( {
			outcome: 'waiting',
			answer: 'server_address_refused',
			isTest: true,
		} );
		const rows = await backend.app.db.selectFrom( 'alertDeliveries' ).select( [ 'tries' ] ).execute();
		expect( rows ).toEqual( [ { tries: 1 } ] );
	} );

	test.each( [
		'http://example.com/',
		'https://example.com:8443/',
		'https://a:b@example.com/',
		'ftp://x',
		'nothing',
	] )( '%s is no webhook', async ( url ) => {
		expect( await site.call( 'saveAlerts', { body: { webhook: url } } ) ).toMatchObject( {
			status: 422,
			body: { data: { fields: [ { path: 'webhook', problem: 'not_a_webhook' } ] } },
		} );
	} );

	test( 'are deleted with what waits for them', async () => {
		await site.call( 'saveAlerts', { body: { webhook } } );
		await site.call( 'sendTestAlert', { body: {} } );
		await site.call( 'saveAlerts', { body: { webhook: null } } );
		expect( ( await site.call( 'readAlerts' ) ).body.webhook ).toBeNull();
		expect( await backend.app.db.selectFrom( 'alertDeliveries' ).selectAll().execute() ).toEqual( [] );
	} );
} );
