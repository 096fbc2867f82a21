import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import type { Db } from '../db/tables.ts';
import { dayOf, isFull, mostADay } from './day-budget.ts';
import { gapsOf } from './gaps.ts';
import { cursorOf, keepPiece } from './keep.ts';
import type { LogPiece } from './log-piece.ts';
import { searchMails } from './search.ts';
import { settleGone } from './settle.ts';
import { anyLine, clock, messageLines as message, seeded } from './test-lines.ts';

const shown = { isUnshown: false };
let backend: TestBackend;
let db: Db;

beforeAll( async () => {
	backend = await startBackend( { withWorker: false } );
	db = backend.app.db;
} );
afterAll( () => backend.stop() );

/** The lines as a server tells them that was asked for what follows on `after`. */
const pieceOf = ( lines: string[], after: LogPiece[ 'after' ], changes: Partial< LogPiece > = {} ): LogPiece => ( {
	after,
	follows: after.head !== '',
	next: { head: 'file', position: after.position + lines.length },
	lines,
	isMore: false,
	clock,
	users: [
		{ uid: 101, name: 'postfix' },
		{ uid: 1001, name: 'shop_test' },
	],
	...changes,
} );

/** @return id of the log */
async function keepAll( server: string, pieces: string[][] ): Promise< number > {
	for ( const lines of pieces ) {
		expect( await keepPiece( db, server, pieceOf( lines, await cursorOf( db, server ) ), shown ) ).toBe( true );
	}
	const { id } = await db
		.selectFrom( 'mailLogs' )
		.select( 'id' )
		.where( 'server', '=', server )
		.executeTakeFirstOrThrow();
	return id;
}

/** Counts must be what counting the rows gives. */
async function differences( log: number ) {
	const { rows } = await sql`
		select * from (
			select date_trunc('hour', at) as hour, coalesce(uid, -1) as uid, outcome, count(*)::int as messages
			from mails where log = ${ log } group by 1, 2, 3
		) rows full join (
			select at as hour, uid, outcome, messages from mail_counts
			where log = ${ log } and per = 'hour' and messages <> 0
		) counts using (hour, uid, outcome, messages)
		where rows.hour is null or counts.hour is null
	`.execute( db );
	return rows;
}

describe( 'what a piece of a log tells', () => {
	test( 'is kept once, however often it is told', async () => {
		const server = randomUUID();
		const piece = pieceOf( message( 1 ), { head: '', position: 0 } );
		expect( await keepPiece( db, server, piece, shown ) ).toBe( true );
		expect( await keepPiece( db, server, piece, shown ) ).toBe( false );
		const log = await keepAll( server, [ message( 2 ) ] );
		const { rows } = await searchMails( db, [ { log, since: null, withheldUntil: null } ], { filter: {} } );
		expect( rows.map( ( { recipient, outcome } ) => [ recipient, outcome ] ) ).toEqual( [
			[ 'to-2@example.org', 'accepted' ],
			[ 'to-1@example.org', 'accepted' ],
		] );
		expect( await differences( log ) ).toEqual( [] );
	} );

	test( 'is kept whole where two workers write it at once', async () => {
		const server = randomUUID();
		const piece = pieceOf( message( 1 ), { head: '', position: 0 } );
		const kept = await Promise.all( [
			keepPiece( db, server, piece, shown ),
			keepPiece( db, server, piece, shown ),
		] );
		expect( kept.sort() ).toEqual( [ false, true ] );
	} );

	test( 'of a message that was queued again is told under its new id, once, and stays its site’s', async () => {
		const [ pickup = '', queued = '', tried = '' ] = message( 1, { status: 'deferred' } );
		const id = /4jdW2W\w+/.exec( pickup )?.[ 0 ] ?? '';
		const again = '4jdW2W9999zs7Y8';
		const under = ( line: string ) => line.replace( id, again );
		const log = await keepAll( randomUUID(), [
			[ pickup, queued, tried, `Nov 30 17:18:43 web1 postfix/postsuper[7]: ${ id }: placed on hold` ],
			[
				`Nov 30 17:18:43 web1 postfix/postsuper[7]: ${ id }: requeued`,
				`Nov 30 17:18:43 web1 postfix/pickup[7]: ${ again }: uid=101 from=<shop@a.test> orig_id=${ id }`,
			],
			[ under( queued ), under( tried ).replace( 'deferred', 'sent' ) ],
		] );
		const { rows } = await searchMails( db, [ { log, since: null, withheldUntil: null } ], { filter: {} } );
		expect( rows.map( ( { queueId, uid, outcome } ) => [ queueId, uid, outcome ] ) ).toEqual( [
			[ again, 1001, 'accepted' ],
		] );
		expect( await differences( log ) ).toEqual( [] );
	} );

	test( 'of a message that a site calls queued again is a message of that site, and of the other one nothing changes', async () => {
		const victim = message( 1, { status: 'deferred' } ).slice( 0, 3 );
		const id = /4jdW2W\w+/.exec( victim[ 0 ] ?? '' )?.[ 0 ] ?? '';
		// a sender of 2,000 characters, of which Postfix has cut the end
		const forged = `Nov 30 17:18:43 web1 postfix/pickup[7]: 4jdW2W8888zs7Y7: uid=1002 from=<"a> orig_id=${ id }`;
		const log = await keepAll( randomUUID(), [ victim, [ forged ] ] );
		const { rows } = await searchMails( db, [ { log, since: null, withheldUntil: null } ], { filter: {} } );
		expect( rows.map( ( { queueId, uid } ) => [ queueId, uid ] ).toSorted() ).toEqual( [
			[ id, 1001 ],
			[ '4jdW2W8888zs7Y7', 1002 ],
		] );
	} );

	test( 'that does not follow on what is known leaves a gap that is told', async () => {
		const server = randomUUID();
		const log = await keepAll( server, [ message( 1 ) ] );
		const after = await cursorOf( db, server );
		await keepPiece( db, server, pieceOf( [ `Nov 30 17:50:00 web1 x` ], after, { follows: false } ), shown );
		expect( await gapsOf( db, [ log ] ) ).toEqual( [
			{ log, from: new Date( '2026-11-30T17:18:43.000Z' ), to: new Date( '2026-11-30T17:50:00.000Z' ) },
		] );
	} );

	test( 'tells a gap from its begin to its end where the clock was set back in it, and the newest twenty', async () => {
		const server = randomUUID();
		const log = await keepAll( server, [ message( 1 ) ] );
		const again = async ( at: string ) =>
			keepPiece( db, server, pieceOf( [ at ], await cursorOf( db, server ), { follows: false } ), shown );
		await again( 'Nov 30 16:00:00 ' );
		const [ from, to ] = [ '2026-11-30T16:00:00.000Z', '2026-11-30T17:18:43.000Z' ].map( ( at ) => new Date( at ) );
		expect( await gapsOf( db, [ log ] ) ).toEqual( [ { log, from, to } ] );
		for ( let minute = 10; minute < 40; minute++ ) {
			await again( `Nov 30 16:${ minute }:00 ` );
		}
		expect( await db.selectFrom( 'mailGaps' ).selectAll().where( 'log', '=', log ).execute() ).toHaveLength( 20 );
	} );

	test( 'that tells more than a day may cost is not kept but for a gap, and the next day is read on', async () => {
		const server = randomUUID();
		const log = await keepAll( server, [ message( 1 ) ] );
		const countOf = async () =>
			( await db.selectFrom( 'mails' ).select( 'n' ).where( 'log', '=', log ).execute() ).length;
		const set = ( spent: number, spentDay: number ) =>
			db.updateTable( 'mailLogs' ).set( { spent, spentDay } ).where( 'server', '=', server ).execute();
		await set( mostADay - 4, dayOf() );
		await keepAll( server, [ message( 2 ), message( 3 ), [ 'Nov 30 17:30:00 web1 postfix/qmgr[1]: x' ] ] );
		expect( [ await isFull( db, server ), await countOf() ] ).toEqual( [ true, 2 ] );
		expect( await differences( log ) ).toEqual( [] );
		expect( ( await gapsOf( db, [ log ] ) ).map( ( { from } ) => from?.toISOString() ) ).toEqual( [
			'2026-11-30T17:18:43.000Z',
		] );
		await set( mostADay, dayOf() - 1 );
		await keepAll( server, [ message( 5 ) ] );
		expect( await countOf() ).toBe( 3 );
	} );

	test( 'leaves nothing that waits where the queue is empty', async () => {
		const server = randomUUID();
		const log = await keepAll( server, [ message( 1, { status: 'deferred' } ).slice( 0, 3 ), message( 2 ) ] );
		for ( const table of [ 'mails', 'mail_counts' ] ) {
			// long ago by any clock
			await sql.raw( `update ${ table } set at = at - interval '365 days' where log = ${ log }` ).execute( db );
		}
		await settleGone( db, server );
		const { rows } = await searchMails( db, [ { log, since: null, withheldUntil: null } ], { filter: {} } );
		expect( rows.map( ( { outcome } ) => outcome ) ).toEqual( [ 'accepted', 'unknown' ] );
		expect( await differences( log ) ).toEqual( [] );
	} );

	test( 'is never counted wrong, and harms nothing, whatever it is', async () => {
		const random = seeded( 7 );
		for ( let round = 0; round < 3; round++ ) {
			const ids = Array.from( { length: 12 }, ( _, n ) => ( n % 2 ? `4jdW2W${ n }000zs7Y7` : `ABCDEF0${ n }` ) );
			const lines = Array.from( { length: 400 }, () => anyLine( random, ids ) );
			const pieces: string[][] = [];
			while ( lines.length > 0 ) {
				pieces.push( lines.splice( 0, 1 + random( 60 ) ) );
			}
			const log = await keepAll( randomUUID(), pieces );
			expect( await differences( log ) ).toEqual( [] );
		}
	} );
} );
