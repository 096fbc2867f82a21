import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { saveDefaults } from '../../test-fixtures/accounts.ts';
import type { SiteClient } from '../../test-fixtures/site-client.ts';
import { connectServer, settings, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import { mailText } from './mail-text.ts';
import { reportDue } from './report.ts';

let backend: TestBackend;
let site: SiteClient;
const dayMs = 86_400_000;

beforeAll( async () => {
	backend = await startBackend();
	site = await backend.site();
	const { db } = backend.app;
	for ( const [ id, owner ] of [
		[ 31, 7 ],
		[ 32, 8 ],
	] as const ) {
		await connectServer( site, id, { at: { host: `web${ id }.example.com` } } );
		await sql`update servers set owner = ${ owner } where server_id = ${ id }`.execute( db );
	}
	await sql`insert into watches (server) select id from servers on conflict do nothing`.execute( db );
	await sql`insert into mail_logs (server) select id from servers`.execute( db );
	// each day of the last three weeks, one accepted and two refused
	for ( let day = 0; day < 21; day++ ) {
		const at = new Date( Math.floor( Date.now() / dayMs - day ) * dayMs );
		await sql`insert into mail_counts (log, per, at, uid, outcome, messages)
			select id, 'hour', ${ at }, 33, outcome, case when outcome = 'accepted' then 1 else 2 end
			from mail_logs, unnest(array['accepted', 'refused']::mail_outcome[]) outcome`.execute( db );
	}
}, 120_000 );
afterAll( () => backend.stop() );

test( 'each Monday a channel gets the week of its viewer’s servers, once', async () => {
	const { db } = backend.app;
	const account = String( ( await saveDefaults( site, settings ) ).body.accounts[ 0 ]?.id );
	const target = { kind: 'email', to: 'ops@example.com', from: 'gateway@example.net', account } as const;
	for ( const owner of [ null, 8 ] ) {
		await site.call( 'saveChannel', { body: { id: null, name: '', owner, weekly: true, target } } );
	}
	await site.call( 'saveChannel', { body: { id: null, name: '', weekly: false, target } } );
	const reports = async () =>
		( await db.selectFrom( 'alertDeliveries' ).select( 'message' ).orderBy( 'createdAt' ).execute() ).map(
			( { message } ) => message
		);
	await reportDue( backend.app );
	expect( await reports() ).toEqual( [] );
	const { rows } = await sql< { day: number; hour: number } >`
		select extract(isodow from due_at at time zone 'utc')::integer as day,
			extract(hour from due_at at time zone 'utc')::integer as hour
		from alert_channels where weekly
	`.execute( db );
	expect( rows ).toEqual( [
		{ day: 1, hour: 8 },
		{ day: 1, hour: 8 },
	] );

	await sql`update alert_channels set due_at = now() - interval '1 second' where weekly`.execute( db );
	await sql`update servers set handed_at = now() where server_id = 32`.execute( db );
	await reportDue( backend.app );
	await reportDue( backend.app );
	const sent = ( await reports() ).toSorted(
		( a, b ) => ( b.report?.servers.length ?? 0 ) - ( a.report?.servers.length ?? 0 )
	);
	expect( sent.map( ( { report } ) => report?.servers ) ).toEqual( [
		[
			{ host: 'web31.example.com', accepted: 7, refused: 14, waiting: 0, incidents: 0 },
			{ host: 'web32.example.com', accepted: 7, refused: 14, waiting: 0, incidents: 0 },
		],
		// nothing of before the server was theirs
		[ { host: 'web32.example.com', accepted: 0, refused: 0, waiting: 0, incidents: 0 } ],
	] );
	expect( sent[ 0 ]?.text ).toMatch( /2 servers: 14 messages were accepted by the provider, 28 refused\./ );
	const [ report ] = sent;
	expect( report && mailText( report ).text ).toMatch( /^web31\.example\.com +7 +0 +14 +0$/m );
} );
