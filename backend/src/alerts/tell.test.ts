import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import type { AlertMessage } from '@email-gateway/shared';
import { webhookTo } from '../../test-fixtures/alert-channel.ts';
import { hostOf, hourMs, startTelling, type Telling } from '../../test-fixtures/telling.ts';
import { connectServer } from '../../test-fixtures/test-backend.ts';
import { keepIncident } from '../db/incidents.ts';

let telling: Telling;
beforeAll( async () => {
	telling = await startTelling();
}, 120_000 );
afterAll( () => telling.backend.stop() );
beforeEach( () => telling.reset() );
const hostsIn = ( message: AlertMessage | undefined ) => message?.servers.map( ( { host } ) => host );

describe( 'what is told', () => {
	test( 'goes to who manages the site and to the owner of the server, and to no other', async () => {
		await telling.opens( 11, 'stopped' );
		const first = await telling.told();
		expect( Object.keys( first ).sort() ).toEqual( [ 'all', 'seven' ] );
		expect( first.seven?.text ).toContain( 'web11.example.com has stopped' );
		expect( await telling.kinds() ).toEqual( {} );
		await telling.ends( 11, 57 );
		const last = await telling.told();
		expect( last.seven ).toMatchObject( { kind: 'over', incident: first.seven?.incident, delivered: 57 } );
		expect( last.seven?.text ).toMatch(
			/^web11\.example\.com works again, after 60 minutes\. 57 messages that waited were accepted by the provider\./
		);
		expect( Object.keys( last ).sort() ).toEqual( [ 'all', 'seven' ] );
		expect( await telling.kinds() ).toEqual( {} );
	} );

	test( 'has the age of the oldest message, and none of before a server was the viewer’s', async () => {
		await telling.opens( 11, 'waiting', 'provider' );
		await telling.opens( 12, 'waiting', 'provider' );
		await sql`update incidents set detail = detail || jsonb_build_object('oldestS', case
			when server = (select id from servers where server_id = 11) then 5400 else 600 end)`.execute( telling.db );
		await sql`update servers set handed_at = now() where server_id = 11`.execute( telling.db );
		const { all, seven } = await telling.told();
		await sql`update servers set handed_at = null`.execute( telling.db );
		expect( [ all?.oldestS, seven?.oldestS ] ).toEqual( [ 5400, 600 ] );
	} );

	test( 'of one provider in trouble is one alert, in which each viewer finds their own servers', async () => {
		for ( const id of [ 11, 12, 13 ] ) {
			await telling.opens( id, 'waiting', 'provider' );
		}
		const { all, seven, eight } = await telling.told();
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
		await telling.ends( 11 );
		await telling.ends( 13 );
		expect( await telling.kinds() ).toEqual( { eight: 'over' } );
		await telling.ends( 12 );
		expect( await telling.kinds() ).toEqual( { all: 'over', seven: 'over' } );
	} );

	test( 'by the words of one server, however many say so, raises no alert for another owner', async () => {
		await telling.opens( 11, 'waiting', 'provider' );
		await telling.opens( 12, 'refused', 'account' );
		expect( Object.keys( await telling.told() ).sort() ).toEqual( [ 'all', 'seven' ] );
		const rows = await telling.db.selectFrom( 'alertThreads' ).select( 'viewer' ).execute();
		expect( rows.map( ( { viewer } ) => viewer ) ).not.toContain( 8 );
	} );

	test( 'does not follow a server to another owner, nor tells the new one of before', async () => {
		const { db } = telling;
		await telling.opens( 11, 'stopped' );
		expect( await telling.kinds() ).toEqual( { all: 'opened', seven: 'opened' } );
		await sql`update servers set owner = 8, handed_at = now() where server_id = 11`.execute( db );
		const after = await telling.told();
		expect( Object.keys( after ) ).toEqual( [ 'eight' ] );
		expect( Date.now() - Date.parse( after.eight?.since ?? '' ) ).toBeLessThan( hourMs / 2 );
		await sql`update servers set owner = 7, handed_at = null where server_id = 11`.execute( db );
	} );

	test( 'names no provider where the account is not shown to all', async () => {
		const { db } = telling;
		const { id, siteId } = await telling.rowOf( 11 );
		await sql`insert into settings (id, site_id, server_id, version, settings, digest, account, account_version, at, by)
			values (gen_random_uuid(), ${ siteId }, 11, 1, '{}', '', ${ siteId }, 1, now(), '')`.execute( db );
		await telling.opens( 11, 'waiting', 'provider' );
		await telling.opens( 12, 'waiting', 'provider' );
		const { all, seven } = await telling.told();
		expect( JSON.stringify( [ all, seven ] ) ).not.toContain( telling.providerHost );
		expect( ( await telling.site.call( 'readAlerts' ) ).body.incidents ).toMatchObject( [ { provider: null } ] );
		await sql`delete from settings where server_id = 11`.execute( db );
		expect( id ).not.toBe( '' );
	} );
} );

test( 'a site that was changed in the database is told nothing, and keeps nobody else’s alerts', async () => {
	const { db } = telling;
	const other = await telling.backend.site( { siteUrl: 'https://changed.example.com' } );
	await connectServer( other, 51 );
	const server = await telling.rowOf( 51 );
	await other.call( 'saveChannel', { body: webhookTo( 'https://hooks.example.com/in' ) } );
	const of = { siteId: server.siteId, server: server.id, seenAt: new Date( 0 ), detail: {} };
	await keepIncident( db, { ...of, kind: 'gateway', key: 'c', trouble: 'stopped' } );
	await sql`update sites set url = 'https://elsewhere.example.com' where id = ${ server.siteId }`.execute( db );
	await telling.opens( 11, 'stopped' );
	expect( await telling.kinds() ).toEqual( { all: 'opened', seven: 'opened' } );
} );
