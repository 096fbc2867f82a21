import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { makeSending } from '../alerts/sending.ts';
import { addWebhook, webhookTo } from '../../test-fixtures/alert-channel.ts';
import { openAnIncident } from '../../test-fixtures/every-change.ts';
import type { SiteClient } from '../../test-fixtures/site-client.ts';
import { connectServer, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';

let backend: TestBackend;
let site: SiteClient;
const secretPath = 'T0KEN-of-the-webhook';
// within what this backend may reach, which the sending in these tests may not
const webhook = `https://10.9.9.9/${ secretPath }`;

beforeAll( async () => {
	backend = await startBackend( { env: { EMAIL_GATEWAY_ALLOWED_PRIVATE_RANGES: '10.9.9.0/24' } } );
	site = await backend.site();
} );
afterAll( () => backend.stop() );

const sendDue = async () => {
	const sending = makeSending( backend.app, { allowedPrivateRanges: [] } );
	await sending.sendDue();
	await sending.ended();
};
const channels = async () => ( await site.call( 'readAlerts' ) ).body.channels;

describe( 'the channels of a site', () => {
	let id = '';

	test( 'begin with nobody told', async () => {
		expect( ( await site.call( 'readAlerts' ) ).body ).toMatchObject( { channels: [], incidents: [] } );
	} );

	test( 'show the signing secret once, and of the address its host only', async () => {
		const saved = await site.call( 'saveChannel', { body: webhookTo( webhook ) } );
		expect( saved.body.signingSecret ).toMatch( /^whsec_[A-Za-z0-9+/=]{44}$/ );
		const read = await site.call( 'readAlerts' );
		expect( read.body ).toMatchObject( {
			channels: [ { kind: 'webhook', shown: '10.9.9.9', owner: null, lastDelivery: null } ],
			signingSecret: null,
		} );
		expect( JSON.stringify( read.body ) + backend.logged() ).not.toContain( secretPath );
		id = read.body.channels[ 0 ]?.id ?? '';
	} );

	test( 'queue a test alert; an inner address is refused where it is sent, and not tried again', async () => {
		await site.call( 'sendTestAlert', { body: { id } } );
		await sendDue();
		await sendDue();
		expect( ( await channels() )[ 0 ]?.lastDelivery ).toMatchObject( {
			outcome: 'failed',
			answer: 'server_address_refused',
			isTest: true,
		} );
		const rows = await backend.app.db.selectFrom( 'alertDeliveries' ).select( [ 'tries' ] ).execute();
		expect( rows ).toEqual( [ { tries: 1 } ] );
	} );

	test( 'keep their secret with another name and for another owner, and lose what waits with another target', async () => {
		await site.call( 'saveChannel', { body: { id, name: 'On call', owner: 7, weekly: true, target: null } } );
		expect( ( await channels() )[ 0 ] ).toMatchObject( {
			...{ name: 'On call', owner: 7, weekly: true, shown: '10.9.9.9' },
			lastDelivery: { isTest: true },
		} );
		const { target } = webhookTo( 'https://hooks.example.com/other' );
		const { body } = await site.call( 'saveChannel', { body: { id, name: 'On call', target } } );
		expect( body ).toMatchObject( {
			channels: [ { shown: 'hooks.example.com', owner: null, lastDelivery: null } ],
		} );
		expect( body.signingSecret ).toMatch( /^whsec_/ );
	} );

	test( 'of another site are not there', async () => {
		const other = await backend.site( { siteUrl: 'https://other.example.com' } );
		const notFound = { status: 404, body: { code: 'not_found' } };
		for ( const [ name, body ] of [
			[ 'deleteChannel', { id } ],
			[ 'sendTestAlert', { id } ],
			[ 'saveChannel', { ...webhookTo( webhook ), id } ],
			[ 'acknowledgeIncident', { key: 'a'.repeat( 32 ) } ],
		] as const ) {
			expect( await other.call( name, { body } ) ).toMatchObject( notFound );
		}
	} );

	test( 'whose row was changed to another owner’s are told nothing, and show nothing', async () => {
		await backend.app.db.updateTable( 'alertChannels' ).set( { owner: 99 } ).where( 'id', '=', id ).execute();
		expect( ( await channels() )[ 0 ] ).toMatchObject( { shown: '' } );
		await site.call( 'sendTestAlert', { body: { id } } );
		await sendDue();
		expect( ( await channels() )[ 0 ]?.lastDelivery ).toMatchObject( { outcome: 'failed', answer: 'no_target' } );
	} );

	test( 'are deleted with what waits for them', async () => {
		await site.call( 'deleteChannel', { body: { id } } );
		expect( await channels() ).toEqual( [] );
		const { db } = backend.app;
		expect( await db.selectFrom( 'alertDeliveries' ).selectAll().execute() ).toEqual( [] );
		const secrets = await db
			.selectFrom( 'secrets' )
			.where( 'tableName', '=', 'alert_channels' )
			.selectAll()
			.execute();
		expect( secrets ).toEqual( [] );
	} );

	test.each( [
		[ 'http://example.com/', 'not_a_webhook' ],
		[ 'https://example.com:8443/', 'not_a_webhook' ],
		[ 'https://a:b@example.com/', 'not_a_webhook' ],
		[ 'ftp://x', 'not_a_webhook' ],
		[ 'nothing', 'not_a_webhook' ],
	] )( '%s is no webhook', async ( url, problem ) => {
		expect( await site.call( 'saveChannel', { body: webhookTo( url ) } ) ).toMatchObject( {
			status: 422,
			body: { data: { fields: [ { path: 'target.url', problem } ] } },
		} );
	} );

	test.each( [
		[ 'url', { kind: 'slack', url: 'https://hooks.slack.com.example.org/services/T0/B0/x' } ],
		[ 'url', { kind: 'slack', url: 'https://hooks.slack.com/api/x' } ],
		[ 'url', { kind: 'teams', url: 'https://example.org/workflows/x' } ],
		[ 'url', { kind: 'discord', url: 'https://discord.com.example.org/api/webhooks/1/x' } ],
		[ 'token', { kind: 'telegram', token: '1/../../x', chat: '1' } ],
		[ 'chat', { kind: 'telegram', token: `12345678:${ 'x'.repeat( 35 ) }`, chat: 'a b' } ],
		[ 'user', { kind: 'pushover', token: 'a'.repeat( 30 ), user: 'me' } ],
		[ 'url', { kind: 'ntfy', url: 'https://ntfy.sh/a/b' } ],
	] as const )( 'is refused where its %s is not one of the service: %j', async ( field, target ) => {
		expect( await site.call( 'saveChannel', { body: { id: null, name: '', target } } ) ).toMatchObject( {
			status: 422,
			body: { data: { fields: [ { path: `target.${ field }`, problem: 'not_of_this_service' } ] } },
		} );
	} );

	test( 'are twenty at most', async () => {
		const many = await backend.site( { siteUrl: 'https://many.example.com' } );
		for ( let n = 0; n < 20; n++ ) {
			await addWebhook( many );
		}
		expect( await many.call( 'saveChannel', { body: webhookTo( webhook ) } ) ).toMatchObject( {
			status: 409,
			body: { code: 'too_many_channels', data: { detail: { most: 20 } } },
		} );
	} );
} );

test( 'an open incident is listed, acknowledged by name, muted for some hours, and heard again', async () => {
	await connectServer( site, 5 );
	const key = await openAnIncident( backend.app.db );
	const incident = async () => ( await site.call( 'readAlerts' ) ).body.incidents[ 0 ];
	expect( await incident() ).toMatchObject( {
		...{ key, trouble: 'stopped', acknowledgedBy: null, mutedUntil: null },
		servers: [ { id: 5, host: '203.0.113.7' } ],
	} );
	await site.call( 'acknowledgeIncident', { body: { key }, actor: { login: 'ann' } } );
	await site.call( 'muteIncident', { body: { key, hours: 2 } } );
	const muted = await incident();
	expect( muted ).toMatchObject( { acknowledgedBy: 'ann' } );
	expect( Date.parse( muted?.mutedUntil ?? '' ) ).toBeGreaterThan( Date.now() + 3_600_000 );
	await site.call( 'muteIncident', { body: { key, hours: 0 } } );
	expect( await incident() ).toMatchObject( { mutedUntil: null } );
} );
