import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { webhookTo } from '../../test-fixtures/alert-channel.ts';
import { startTelling, type Telling } from '../../test-fixtures/telling.ts';
import { keepIncident } from '../db/incidents.ts';
import { makeSending } from './sending.ts';

let telling: Telling;
beforeAll( async () => {
	telling = await startTelling();
}, 120_000 );
afterAll( () => telling.backend.stop() );
beforeEach( () => telling.reset() );

describe( 'what is told', () => {
	test( 'of an unreachable server is that alone', async () => {
		const { id: server, siteId } = await telling.rowOf( 11 );
		const of = { siteId, server, seenAt: new Date(), detail: {} };
		await sql`update watches set state = 'unreachable' where server = ${ server }`.execute( telling.db );
		await telling.opens( 11, 'unreachable' );
		await keepIncident( telling.db, { ...of, kind: 'site', subject: '33', key: 'b', trouble: 'fell_silent' } );
		const { all } = await telling.told();
		expect( all?.trouble ).toBe( 'unreachable' );
		expect( await telling.kinds() ).toEqual( {} );
		await sql`update watches set state = 'right' where server = ${ server }`.execute( telling.db );
		expect( ( await telling.told() ).all?.trouble ).toBe( 'fell_silent' );
	} );

	test( 'is not repeated once acknowledged, and nothing while muted', async () => {
		await telling.opens( 13, 'stopped' );
		await telling.told();
		expect( await telling.kinds( 5 ) ).toEqual( { all: 'still', eight: 'still' } );
		const key = ( await telling.site.call( 'readAlerts' ) ).body.incidents[ 0 ]?.key ?? '';
		await telling.site.call( 'acknowledgeIncident', { body: { key } } );
		expect( await telling.kinds( 50 ) ).toEqual( {} );
		await telling.site.call( 'muteIncident', { body: { key, hours: 100 } } );
		await telling.ends( 13 );
		expect( await telling.kinds( 51 ) ).toEqual( {} );
		await telling.opens( 13, 'stopped' );
		expect( await telling.kinds( 52 ) ).toEqual( {} );
		expect( await telling.kinds( 101 ) ).toEqual( { all: 'opened', eight: 'opened' } );
	} );
} );

test( 'a channel that takes nothing is told through another one, and so is its end', async () => {
	const { db } = telling;
	const { body } = await telling.site.call( 'sendTestAlert', { body: { id: telling.channels.all ?? '' } } );
	expect( body.channels[ 0 ]?.lastDelivery ).toMatchObject( { isTest: true } );
	// the last try; the name does not exist
	await sql`update alert_deliveries set tries = 4, due_at = now()`.execute( db );
	const sending = makeSending( telling.backend.app, {} );
	await sending.sendDue();
	await sending.ended();
	const other = await telling.site.call( 'saveChannel', {
		body: { ...webhookTo( 'https://other.example.com/in' ), name: 'other' },
	} );
	telling.channels.other = other.body.channels.at( -1 )?.id ?? '';
	const { other: message, ...rest } = await telling.told();
	expect( message ).toMatchObject( { kind: 'opened', trouble: 'channel_failed', server: null } );
	expect( message?.text ).toContain( 'Alerts no longer reach all (the webhook).' );
	expect( rest ).toEqual( {} );
} );
