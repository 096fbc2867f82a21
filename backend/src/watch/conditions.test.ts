import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import type { SiteClient } from '../../test-fixtures/site-client.ts';
import { connectServer, settings, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import { makeCertificateWatch } from '../jobs/provider-certificates.ts';
import { judgeLooks, judgeSites } from './conditions.ts';

let backend: TestBackend;
let site: SiteClient;
const [ hourMs, dayMs ] = [ 3_600_000, 86_400_000 ];
const now = Math.floor( Date.now() / dayMs ) * dayMs + 15 * hourMs;

beforeAll( async () => {
	backend = await startBackend();
	site = await backend.site();
	await connectServer( site, 21 );
	const { body } = await site.call( 'installGateway', { serverId: 21, body: { settings } } );
	await site.untilEnded( 21, body.jobId );
	const { db } = backend.app;
	// what a successful install leaves
	await sql`update servers set installed_version = submitted_version`.execute( db );
	await sql`insert into watches (server, state) select id, 'right' from servers on conflict do nothing`.execute( db );
	await sql`insert into mail_logs (server, known_since) select id, ${ new Date(
		now - 30 * dayMs
	) } from servers`.execute( db );
	await sql`insert into mail_users (log, uid, name) select id, 1001, 'shop' from mail_logs`.execute( db );
}, 120_000 );
afterAll( () => backend.stop() );
beforeEach( async () => {
	const { db } = backend.app;
	await sql`delete from mail_counts`.execute( db );
	await sql`delete from incidents`.execute( db );
	await sql`update watches set state = 'right', looked_at = ${ new Date( now ) }`.execute( db );
} );

const sent = async ( ms: number, messages: number, outcome = 'accepted' ) => {
	const at = new Date( Math.floor( ms / hourMs ) * hourMs );
	await sql`insert into mail_counts (log, per, at, uid, outcome, messages)
		select id, 'hour', ${ at }, 1001, ${ outcome }::mail_outcome, ${ messages } from mail_logs`.execute( backend.app.db );
};
const open = async () =>
	( await site.call( 'readAlerts' ) ).body.incidents.map( ( { trouble, user } ) =>
		`${ trouble } ${ user ?? '' }`.trim()
	);

test( 'ten times the busiest hour of the week is told by its user, and over when it ends', async () => {
	for ( let day = 1; day < 8; day++ ) {
		await sent( now - day * dayMs, 30 );
	}
	await sent( now, 299 );
	await judgeSites( backend.app, now );
	expect( await open() ).toEqual( [] );
	await sent( now - hourMs, 301 );
	await judgeSites( backend.app, now );
	expect( await open() ).toEqual( [ 'unusually_many shop' ] );
	await sql`update watches set looked_at = ${ new Date( now + 3 * hourMs ) }`.execute( backend.app.db );
	await judgeSites( backend.app, now + 3 * hourMs );
	expect( await open() ).toEqual( [] );
} );

test( 'a site that sent every day is missed after a day without, and not before', async () => {
	for ( let day = 1; day < 10; day++ ) {
		await sent( now - day * dayMs - hourMs, 1 );
	}
	await judgeSites( backend.app, now - 2 * hourMs );
	expect( await open() ).toEqual( [] );
	await judgeSites( backend.app, now );
	expect( await open() ).toEqual( [ 'fell_silent shop' ] );
	// of a server that nobody looked at, nothing is known
	await sql`update watches set looked_at = ${ new Date( now - 2 * hourMs ) }`.execute( backend.app.db );
	await judgeSites( backend.app, now );
	expect( await open() ).toEqual( [] );
} );

test( 'a share of refused messages is told with its numbers', async () => {
	await sent( now, 30 );
	await sent( now, 25, 'refused' );
	await judgeSites( backend.app, now );
	expect( await open() ).toEqual( [ 'many_refused shop' ] );
	const { detail } = await backend.app.db.selectFrom( 'incidents' ).select( 'detail' ).executeTakeFirstOrThrow();
	expect( detail ).toEqual( { messages: 55, refused: 25, user: 'shop' } );
} );

test( 'a server that no look has reached for half an hour is told, unless it is known to be out of reach', async () => {
	const { db } = backend.app;
	await sql`update watches set looked_at = now() - interval '29 minutes'`.execute( db );
	await judgeLooks( backend.app, Date.now() );
	expect( await open() ).toEqual( [] );
	await sql`update watches set looked_at = now() - interval '31 minutes', state = 'unreachable'`.execute( db );
	await judgeLooks( backend.app, Date.now() );
	expect( await open() ).toEqual( [] );
	await sql`update watches set state = 'right'`.execute( db );
	await judgeLooks( backend.app, Date.now() );
	expect( await open() ).toEqual( [ 'not_checked' ] );
	await sql`update watches set looked_at = now()`.execute( db );
	await judgeLooks( backend.app, Date.now() );
	expect( await open() ).toEqual( [] );
} );

test( 'the certificate of a provider is looked at once a day, and told 14 and 3 days before it ends', async () => {
	let asked = 0;
	let expiresAt = new Date( now + 10 * dayMs ).toISOString();
	const judge = makeCertificateWatch( backend.app, async ( of ) => {
		asked++;
		expect( of ).toEqual( { host: settings.smtpServer, port: settings.smtpPort } );
		return expiresAt;
	} );
	await judge( now );
	await judge( now + hourMs );
	expect( [ asked, await open() ] ).toEqual( [ 1, [ 'certificate' ] ] );
	await judge( now + 8 * dayMs );
	expect( [ asked, ( await open() ).sort() ] ).toEqual( [ 2, [ 'certificate', 'certificate_soon' ] ] );
	expiresAt = new Date( now + 90 * dayMs ).toISOString();
	await judge( now + 9 * dayMs );
	expect( [ asked, await open() ] ).toEqual( [ 3, [] ] );
} );
