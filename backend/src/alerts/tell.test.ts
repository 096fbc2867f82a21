import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import type { AlertMessage, AlertTrouble, WaitingReason, Whose } from '@email-gateway/shared';
import { webhookTo } from '../../test-fixtures/alert-channel.ts';
import type { SiteClient } from '../../test-fixtures/site-client.ts';
import { connectServer, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import { endIncident, keepIncident, keyOf } from '../db/incidents.ts';
import { topicOf } from '../incidents/key.ts';
import { makeSending } from './sending.ts';
import { tellDue } from './tell.ts';

let backend: TestBackend;
let site: SiteClient;
const hourMs = 3_600_000;
/** Post ids; owners 7 and 8. */
const owners = { 11: 7, 12: 7, 13: 8 } as const;
const hostOf = ( id: number ) => `web${ id }.example.com`;
const channels: Record< string, string > = {};
const rowOf = async ( serverId: number ) =>
	backend.app.db.selectFrom( 'servers' ).selectAll().where( 'serverId', '=', serverId ).executeTakeFirstOrThrow();

beforeAll( async () => {
	backend = await startBackend();
	site = await backend.site();
	const { db } = backend.app;
	for ( const [ id, owner ] of Object.entries( owners ) ) {
		await connectServer( site, Number( id ), { at: { host: hostOf( Number( id ) ) } } );
		await sql`update servers set owner = ${ owner }, installed_version = 1 where server_id = ${ Number(
			id
		) }`.execute( db );
	}
	await sql`insert into watches (server, state) select id, 'right' from servers`.execute( db );
	for ( const [ name, owner ] of Object.entries( { all: null, seven: 7, eight: 8 } ) ) {
		const { body } = await site.call( 'saveChannel', {
			body: { ...webhookTo( 'https://hooks.example.com/in' ), name, owner },
		} );
		channels[ name ] = body.channels.at( -1 )?.id ?? '';
	}
}, 120_000 );
afterAll( () => backend.stop() );
beforeEach( async () => {
	for ( const table of [ 'alertDeliveries', 'incidents', 'alertThreads', 'alertHushes' ] as const ) {
		await backend.app.db.deleteFrom( table ).execute();
	}
	await sql`update watches set state = 'right'`.execute( backend.app.db );
} );

const settings = { smtpServer: 'smtp.provider.example', userName: 'me@example.com' };
const waitingFor = ( whose: Whose, count = 5 ): WaitingReason =>
	( {
		...{ cause: 'provider_in_trouble', whose, passes: true, stands: false, reply: '451 secret words', count },
		...{ since: 0, lastAt: 0, looks: 1 },
	} ) as const;

async function opens( serverId: number, trouble: AlertTrouble, whose: Whose | null = null ): Promise< void > {
	const { id: server, siteId } = await rowOf( serverId );
	const reasons = whose ? [ waitingFor( whose ) ] : [];
	const topic = topicOf( trouble, { server, reasons, settings } );
	await keepIncident( backend.app.db, {
		...{ siteId, server, kind: 'gateway', trouble, seenAt: new Date( Date.now() - hourMs ) },
		key: keyOf( backend.app.vault, topic ),
		detail: { waiting: 5, reasons, ...( 'host' in topic ? { provider: topic.host } : {} ) },
	} );
}
async function ends( serverId: number, delivered = 0 ): Promise< void > {
	const { id: server, siteId } = await rowOf( serverId );
	await endIncident( backend.app.db, { siteId, server, kind: 'gateway' }, delivered );
}

/** What each channel is told by a turn, after so many hours. */
async function told( hours = 0 ): Promise< Record< string, AlertMessage > > {
	const { db } = backend.app;
	await db.deleteFrom( 'alertDeliveries' ).execute();
	await tellDue( backend.app, Date.now() + hours * hourMs );
	const rows = await db.selectFrom( 'alertDeliveries' ).select( [ 'channel', 'message' ] ).execute();
	return Object.fromEntries(
		rows.map( ( { channel, message } ) => [
			Object.keys( channels ).find( ( name ) => channels[ name ] === channel ),
			message,
		] )
	);
}
const kinds = async ( hours = 0 ) =>
	Object.fromEntries( Object.entries( await told( hours ) ).map( ( [ name, { kind } ] ) => [ name, kind ] ) );
const hostsIn = ( message: AlertMessage | undefined ) => message?.servers.map( ( { host } ) => host );

describe( 'what is told', () => {
	test( 'goes to who manages the site and to the owner of the server, and to no other', async () => {
		await opens( 11, 'stopped' );
		const first = await told();
		expect( Object.keys( first ).sort() ).toEqual( [ 'all', 'seven' ] );
		expect( first.seven?.text ).toContain( 'web11.example.com has stopped' );
		expect( await kinds() ).toEqual( {} );
		await ends( 11, 57 );
		const last = await told();
		expect( last.seven ).toMatchObject( { kind: 'over', incident: first.seven?.incident, delivered: 57 } );
		expect( last.seven?.text ).toMatch(
			/^web11\.example\.com works again, after 60 minutes\. 57 messages that waited were accepted by the provider\./
		);
		expect( Object.keys( last ).sort() ).toEqual( [ 'all', 'seven' ] );
		expect( await kinds() ).toEqual( {} );
	} );

	test( 'of one provider in trouble is one alert, in which each viewer finds their own servers', async () => {
		for ( const id of [ 11, 12, 13 ] ) {
			await opens( id, 'waiting', 'provider' );
		}
		const { all, seven, eight } = await told();
		expect( [ hostsIn( all ), hostsIn( seven ), hostsIn( eight ) ] ).toEqual( [
			[ hostOf( 11 ), hostOf( 12 ), hostOf( 13 ) ],
			[ hostOf( 11 ), hostOf( 12 ) ],
			[ hostOf( 13 ) ],
		] );
		// two owners’ servers say so: it is a fact for who sees both, and no more than a report for who sees one owner’s
		expect( all?.text ).toMatch(
			/^15 messages wait on 3 servers\. .* Something is wrong at smtp\.provider\.example\./
		);
		expect( seven?.text ).toMatch(
			/^10 messages wait on 2 servers\. .* They report trouble at smtp\.provider\.example\./
		);
		expect( JSON.stringify( [ all, seven, eight ] ) ).not.toContain( 'secret words' );
		await ends( 11 );
		await ends( 13 );
		expect( await kinds() ).toEqual( { eight: 'over' } );
		await ends( 12 );
		expect( await kinds() ).toEqual( { all: 'over', seven: 'over' } );
	} );

	test( 'by the words of one server, however many say so, raises no alert for another owner', async () => {
		await opens( 11, 'waiting', 'provider' );
		await opens( 12, 'refused', 'account' );
		expect( Object.keys( await told() ).sort() ).toEqual( [ 'all', 'seven' ] );
		const rows = await backend.app.db.selectFrom( 'alertThreads' ).select( 'viewer' ).execute();
		expect( rows.map( ( { viewer } ) => viewer ) ).not.toContain( 8 );
	} );

	test( 'does not follow a server to another owner, nor tells the new one of before', async () => {
		const { db } = backend.app;
		await opens( 11, 'stopped' );
		expect( await kinds() ).toEqual( { all: 'opened', seven: 'opened' } );
		await sql`update servers set owner = 8, handed_at = now() where server_id = 11`.execute( db );
		const after = await told();
		expect( Object.keys( after ) ).toEqual( [ 'eight' ] );
		expect( Date.now() - Date.parse( after.eight?.since ?? '' ) ).toBeLessThan( hourMs / 2 );
		await sql`update servers set owner = 7, handed_at = null where server_id = 11`.execute( db );
	} );

	test( 'of an unreachable server is that alone', async () => {
		const { id: server, siteId } = await rowOf( 11 );
		const of = { siteId, server, seenAt: new Date(), detail: {} };
		await sql`update watches set state = 'unreachable' where server = ${ server }`.execute( backend.app.db );
		await opens( 11, 'unreachable' );
		await keepIncident( backend.app.db, { ...of, kind: 'site', subject: '33', key: 'b', trouble: 'fell_silent' } );
		const { all } = await told();
		expect( all?.trouble ).toBe( 'unreachable' );
		expect( await kinds() ).toEqual( {} );
		await sql`update watches set state = 'right' where server = ${ server }`.execute( backend.app.db );
		expect( ( await told() ).all?.trouble ).toBe( 'fell_silent' );
	} );

	test( 'is not repeated once acknowledged, and nothing while muted', async () => {
		await opens( 13, 'stopped' );
		await told();
		expect( await kinds( 5 ) ).toEqual( { all: 'still', eight: 'still' } );
		const key = ( await site.call( 'readAlerts' ) ).body.incidents[ 0 ]?.key ?? '';
		await site.call( 'acknowledgeIncident', { body: { key } } );
		expect( await kinds( 50 ) ).toEqual( {} );
		await site.call( 'muteIncident', { body: { key, hours: 100 } } );
		await ends( 13 );
		expect( await kinds( 51 ) ).toEqual( {} );
		await opens( 13, 'stopped' );
		expect( await kinds( 52 ) ).toEqual( {} );
		expect( await kinds( 101 ) ).toEqual( { all: 'opened', eight: 'opened' } );
	} );

	test( 'names no provider where the account is not shown to all', async () => {
		const { db } = backend.app;
		const { id, siteId } = await rowOf( 11 );
		await sql`insert into settings (id, site_id, server_id, version, settings, digest, defaults_version, at, by)
			values (gen_random_uuid(), ${ siteId }, 11, 1, '{}', '', 1, now(), '')`.execute( db );
		await opens( 11, 'waiting', 'provider' );
		await opens( 12, 'waiting', 'provider' );
		const { all, seven } = await told();
		expect( JSON.stringify( [ all, seven ] ) ).not.toContain( settings.smtpServer );
		expect( ( await site.call( 'readAlerts' ) ).body.incidents ).toMatchObject( [ { provider: null } ] );
		await sql`delete from settings where server_id = 11`.execute( db );
		expect( id ).not.toBe( '' );
	} );
} );

test( 'a site that was changed in the database is told nothing, and keeps nobody else’s alerts', async () => {
	const { db } = backend.app;
	const other = await backend.site( { siteUrl: 'https://changed.example.com' } );
	await connectServer( other, 51 );
	const server = await rowOf( 51 );
	await other.call( 'saveChannel', { body: webhookTo( 'https://hooks.example.com/in' ) } );
	const of = { siteId: server.siteId, server: server.id, seenAt: new Date( 0 ), detail: {} };
	await keepIncident( db, { ...of, kind: 'gateway', key: 'c', trouble: 'stopped' } );
	await sql`update sites set url = 'https://elsewhere.example.com' where id = ${ server.siteId }`.execute( db );
	await opens( 11, 'stopped' );
	expect( await kinds() ).toEqual( { all: 'opened', seven: 'opened' } );
} );

test( 'a channel that takes nothing is told through another one, and so is its end', async () => {
	const { db } = backend.app;
	const { body } = await site.call( 'sendTestAlert', { body: { id: channels.all ?? '' } } );
	expect( body.channels[ 0 ]?.lastDelivery ).toMatchObject( { isTest: true } );
	// the last try; the name does not exist
	await sql`update alert_deliveries set tries = 4, due_at = now()`.execute( db );
	const sending = makeSending( backend.app, {} );
	await sending.sendDue();
	await sending.ended();
	const other = await site.call( 'saveChannel', {
		body: { ...webhookTo( 'https://other.example.com/in' ), name: 'other' },
	} );
	channels.other = other.body.channels.at( -1 )?.id ?? '';
	const { other: message, ...rest } = await told();
	expect( message ).toMatchObject( { kind: 'opened', trouble: 'channel_failed', server: null } );
	expect( message?.text ).toContain( 'Alerts no longer reach all (the webhook).' );
	expect( rest ).toEqual( {} );
} );
