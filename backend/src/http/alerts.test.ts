import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { makeSending } from '../alerts/sending.ts';
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

const sendDue = async () => {
	const sending = makeSending( backend.app, {} );
	await sending.sendDue();
	await sending.ended();
};

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
		await sendDue();
		await sendDue();
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

test( 'one person sends ten test alerts an hour, and all of a site thirty', async () => {
	const asked = await backend.site( { siteUrl: 'https://tests.example.com' } );
	const sendAs = async ( login: string, times: number ) => {
		const statuses = [];
		for ( let n = 0; n < times; n++ ) {
			const answer = await asked.call( 'sendTestAlert', { body: {}, actor: { login } } );
			statuses.push( answer.status );
		}
		return statuses.filter( ( status ) => status === 202 ).length;
	};
	await asked.call( 'saveAlerts', { body: { webhook } } );
	expect( await sendAs( 'ann', 11 ) ).toBe( 10 );
	// another address is no new count
	await asked.call( 'saveAlerts', { body: { webhook } } );
	expect( await sendAs( 'ann', 1 ) ).toBe( 0 );
	expect( [ await sendAs( 'bob', 12 ), await sendAs( 'cid', 12 ), await sendAs( 'dan', 2 ) ] ).toEqual( [
		10, 10, 0,
	] );
	expect( await asked.call( 'sendTestAlert', { body: {}, actor: { login: 'ann' } } ) ).toMatchObject( {
		status: 429,
		body: { code: 'too_many_requests', data: { detail: { anHour: 10 } } },
	} );
	// nobody else's count
	await site.call( 'saveAlerts', { body: { webhook } } );
	expect( await site.call( 'sendTestAlert', { body: {}, actor: { login: 'ann' } } ) ).toMatchObject( {
		status: 202,
	} );
} );
