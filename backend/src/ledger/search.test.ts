import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import type { Db } from '../db/tables.ts';
import { cursorOf, keepPiece } from './keep.ts';
import type { LogPiece } from './log-piece.ts';
import { searchMails } from './search.ts';

const clock = { atMs: Date.UTC( 2026, 10, 30, 18 ), aheadMinutes: 0 };
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
	users: [ { uid: 1001, name: 'shop_test' } ],
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

const message = ( n: number, { to = `to-${ n }@example.org`, status = 'sent', uid = 1001 } = {} ): string[] => {
	const id = `4jdW2W${ String( n ).padStart( 4, '0' ) }zs7Y7`;
	const line = ( daemon: string, text: string ) => `Nov 30 17:18:43 web1 postfix/${ daemon }[7]: ${ id }: ${ text }`;
	return [
		line( 'pickup', `uid=${ uid } from=<shop@a.test>` ),
		line( 'qmgr', 'from=<shop@a.test>, size=282, nrcpt=1 (queue active)' ),
		line(
			'smtp',
			`to=<${ to }>, relay=p[192.0.2.1]:587, delay=1, delays=0/0/0/0, dsn=2.0.0, status=${ status } (250 ok)`
		),
		line( 'qmgr', 'removed' ),
	];
};

describe( 'a search', () => {
	let log = 0;
	const find = async ( filter: Parameters< typeof searchMails >[ 2 ][ 'filter' ], since: Date | null = null ) =>
		( await searchMails( db, [ { log, since, withheldUntil: null } ], { filter } ) ).rows.map(
			( { recipient } ) => recipient
		);

	beforeAll( async () => {
		log = await keepAll( randomUUID(), [
			message( 1, { to: 'Ann@example.org' } ),
			message( 2, { to: 'anna@example.net', status: 'bounced' } ),
			message( 3, { to: 'bob@example.org', status: 'deferred', uid: 1002 } ).slice( 0, 3 ),
			message( 4, { to: '"a@b"@example.org' } ),
		] );
	} );

	test.each( [
		[ 'an address', { recipient: 'ann@example.org' }, [ 'Ann@example.org' ] ],
		[ 'how addresses begin', { recipient: 'ann' }, [ 'anna@example.net', 'Ann@example.org' ] ],
		[ 'a domain', { recipient: '@example.org' }, [ '"a@b"@example.org', 'bob@example.org', 'Ann@example.org' ] ],
		[ 'the signs of LIKE', { recipient: 'a%n' }, [] ],
		[ 'an outcome', { outcome: 'refused' as const }, [ 'anna@example.net' ] ],
		[ 'a site', { site: 'shop_test', outcome: 'refused' as const }, [ 'anna@example.net' ] ],
		[ 'a site without a name', { site: '1002' }, [ 'bob@example.org' ] ],
		[ 'a sender', { sender: '@a.test', recipient: 'bob' }, [ 'bob@example.org' ] ],
		[ 'a time', { from: '2026-11-30T18:00:00Z' }, [] ],
	] )( 'finds %s', async ( _what, filter, found ) => {
		expect( await find( filter ) ).toEqual( found );
	} );

	test( 'finds nothing of before the caller’s time', async () => {
		expect( await find( {}, new Date( '2026-11-30T18:00:00Z' ) ) ).toEqual( [] );
		expect( await find( { recipient: 'ann' }, new Date( '2026-11-30T18:00:00Z' ) ) ).toEqual( [] );
	} );

	test( 'gives page after page, each row once', async () => {
		const seen: ( string | null )[] = [];
		for ( let before: string | undefined; ;  ) {
			const { rows, next } = await searchMails( db, [ { log, since: null, withheldUntil: null } ], {
				filter: {},
				before,
				size: 1,
			} );
			seen.push( ...rows.map( ( { recipient } ) => recipient ) );
			if ( next === null ) {
				break;
			}
			before = next;
		}
		expect( seen ).toEqual( [ '"a@b"@example.org', 'bob@example.org', 'anna@example.net', 'Ann@example.org' ] );
	} );

	test( 'takes a made-up place in the order', async () => {
		const before = `${ Date.now() }.A.99999`;
		const { rows } = await searchMails( db, [ { log, since: null, withheldUntil: null } ], { filter: {}, before } );
		expect( rows ).toHaveLength( 4 );
	} );
} );
