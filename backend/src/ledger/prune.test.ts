import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { SiteClient } from '../../test-fixtures/site-client.ts';
import { connectServer, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import { makeFakeTools } from '../../test-fixtures/fake-tools.ts';
import { keepPiece, cursorOf } from './keep.ts';
import { pruneMailLog } from './prune.ts';

let backend: TestBackend;
let site: SiteClient;
let other: SiteClient;
beforeAll( async () => {
	backend = await startBackend( { tools: makeFakeTools().tools } );
	site = await backend.site();
	other = await backend.site( { siteUrl: 'https://other.example.com' } );
	await connectServer( site, 61 );
	await connectServer( other, 61 );
	for ( const { id } of await backend.app.db.selectFrom( 'servers' ).select( 'id' ).execute() ) {
		await tell( id, [ 1, 11, 29, 31, 89, 91 ] );
	}
} );
afterAll( () => backend.stop() );

/** A server's log tells of a message that arrived so many days ago, for each of them. */
async function tell( server: string, ages: number[] ) {
	const { db } = backend.app;
	const log = await cursorOf( db, server );
	const piece = { after: log, follows: false, next: { head: 'file', position: 1 }, lines: [], isMore: false };
	await keepPiece(
		db,
		server,
		{ ...piece, clock: { atMs: Date.now(), aheadMinutes: 0 }, users: [] },
		{ isUnshown: false }
	);
	const { id } = await db
		.selectFrom( 'mailLogs' )
		.select( 'id' )
		.where( 'server', '=', server )
		.executeTakeFirstOrThrow();
	const row = { log: id, n: 0, tries: 1, outcome: 'accepted' as const, uid: 1001 };
	const at = ( days: number ) => new Date( Date.now() - days * 86_400_000 );
	const mails = ages.map( ( days ) => ( { ...row, at: at( days ), queueId: `A${ days }`, recipient: 'a@b.test' } ) );
	await db
		.insertInto( 'mails' )
		.values( mails as never )
		.execute();
	const used = ages.map( ( days ) => ( { sender: `${ days }@b.test`, lastAt: at( days ) } ) );
	await db
		.insertInto( 'unlistedSenders' )
		.values( used.map( ( one ) => ( { ...one, server, uid: 1001, held: 1, refused: 0 } ) ) )
		.execute();
}

const save = ( keptDays: number ) => site.call( 'saveMailSettings', { body: { addresses: 'whole', keptDays } } );
/** Ages of the messages that a site is still told of, and of those that its senders are known by. */
async function keptOf( client: SiteClient ) {
	await pruneMailLog( backend.app.db );
	const { body } = await client.call( 'readMailLog', { serverId: 61 } );
	const rows = await backend.app.db
		.selectFrom( 'unlistedSenders' )
		.innerJoin( 'servers', 'servers.id', 'unlistedSenders.server' )
		.innerJoin( 'sites', 'sites.id', 'servers.siteId' )
		.where( 'sites.keyId', '=', client.keyId() )
		.select( 'sender' )
		.execute();
	const days = body.entries.map( ( { queueId } ) => Number( queueId.slice( 1 ) ) );
	const numbers = ( list: number[] ) => list.sort( ( a, b ) => a - b );
	expect( numbers( rows.map( ( { sender } ) => Number.parseInt( sender, 10 ) ) ) ).toEqual( numbers( days ) );
	return { days, keptDays: body.keptDays };
}

test( 'messages go after 30 days, or as many as their site says', async () => {
	expect( ( await save( 90 ) ).body.keptDays ).toBe( 90 );
	expect( await keptOf( other ) ).toEqual( { days: [ 1, 11, 29 ], keptDays: 30 } );
	expect( await keptOf( site ) ).toEqual( { days: [ 1, 11, 29, 31, 89 ], keptDays: 90 } );
	await save( 10 );
	expect( await keptOf( site ) ).toEqual( { days: [ 1 ], keptDays: 10 } );
	expect( await keptOf( other ) ).toEqual( { days: [ 1, 11, 29 ], keptDays: 30 } );
} );

test( 'how many is noted when it changes, and no number that would lose or hoard mail is taken', async () => {
	await save( 10 );
	const { body } = await site.call( 'readSiteAudit' );
	const noted = body.entries.filter( ( { action } ) => action.startsWith( 'mail_' ) );
	expect( noted.map( ( { action, detail } ) => [ action, detail ] ).reverse() ).toEqual( [
		[ 'mail_days_saved', { days: 90 } ],
		[ 'mail_days_saved', { days: 10 } ],
	] );
	for ( const days of [ 9, 91, 10.5 ] ) {
		expect( await save( days ) ).toMatchObject( {
			body: { data: { fields: [ { path: 'keptDays', problem: 'not_kept_days' } ] } },
		} );
	}
	const without = await site.call( 'saveMailSettings', { body: { addresses: 'domains' } } );
	expect( without.body ).toMatchObject( { addresses: 'domains', keptDays: 10 } );
} );

test( 'counts by the hour go after two months, by the day after 13', async () => {
	const { db } = backend.app;
	const { id: log } = await db.selectFrom( 'mailLogs' ).select( 'id' ).limit( 1 ).executeTakeFirstOrThrow();
	const left = async ( table: 'mail_counts' | 'mail_delays' ) => {
		const [ column, value ] = table === 'mail_counts' ? [ 'outcome', sql`'accepted'` ] : [ 'step', sql`1` ];
		await sql`insert into ${ sql.table( table ) } (log, per, at, uid, ${ sql.ref( column ) }, messages)
			select ${ log }, per, now() - make_interval(days => age), 4711, ${ value }, 1
			from unnest(array['hour', 'day']) per, unnest(array[1, 55, 65, 390, 402]) age`.execute( db );
		await pruneMailLog( db );
		const { rows } = await sql< { per: string; ages: number[] } >`
			select per, array_agg(round(extract(epoch from now() - at) / 86400)::integer order by at desc) as ages
			from ${ sql.table( table ) } where uid = 4711 group by per order by per
		`.execute( db );
		return Object.fromEntries( rows.map( ( { per, ages } ) => [ per, ages ] ) );
	};
	const expected = { day: [ 1, 55, 65, 390 ], hour: [ 1, 55 ] };
	expect( await left( 'mail_counts' ) ).toEqual( expected );
	expect( await left( 'mail_delays' ) ).toEqual( expected );
} );
