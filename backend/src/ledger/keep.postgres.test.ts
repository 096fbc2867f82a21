import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { randomBytes, randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { makeTestDatabase } from '../../test-fixtures/test-database.ts';
import type { Database } from '../db/database.ts';
import { openDatabase } from '../db/open-database.ts';
import { makeLogger } from '../logger.ts';
import { makeVault } from '../vault/vault.ts';
import { cursorOf, keepPiece } from './keep.ts';
import { searchMails } from './search.ts';

let drop: () => Promise< void >;
let database: Database;
beforeAll( async () => {
	const made = await makeTestDatabase();
	drop = made.drop;
	const config = { databaseUrl: made.url, dataDir: tmpdir(), snapshotMinutes: 60, snapshotsKept: 1 };
	database = await openDatabase( config, {
		log: makeLogger( { level: 'silent' } ),
		vault: makeVault( [ randomBytes( 32 ) ] ),
	} );
} );
afterAll( async () => {
	await database.close();
	await drop();
} );

test( 'however many workers read the same log, each line counts once', async () => {
	const { db } = database;
	const server = randomUUID();
	const pieces = 40;
	/** Reads on from what is written, as a worker does that was told nothing of the others. */
	const work = async () => {
		for (;;) {
			const after = await cursorOf( db, server );
			if ( after.position === pieces ) {
				return;
			}
			const id = `ABCDEF${ String( after.position ).padStart( 2, '0' ) }`;
			const lines = [
				`Nov 30 17:18:43 web1 postfix/pickup[7]: ${ id }: uid=33 from=<a@a.test>`,
				`Nov 30 17:18:43 web1 postfix/smtp[7]: ${ id }: to=<${ id }@b.test>, relay=p[192.0.2.1]:587, delay=1, delays=0/0/0/0, dsn=2.0.0, status=sent (250 ok)`,
			];
			const next = { head: 'x', position: after.position + 1 };
			const clock = { atMs: Date.UTC( 2026, 10, 30, 18 ), aheadMinutes: 0 };
			const piece = {
				after,
				follows: true,
				next,
				lines,
				isMore: true,
				clock,
				users: [ { uid: 33, name: 'www-data' } ],
			};
			await keepPiece( db, server, piece, { isUnshown: false } );
		}
	};
	await Promise.all( Array.from( { length: 6 }, work ) );

	const { id: log } = await db
		.selectFrom( 'mailLogs' )
		.select( 'id' )
		.where( 'server', '=', server )
		.executeTakeFirstOrThrow();
	const { rows } = await searchMails( db, [ { log, since: null, withheldUntil: null } ], {
		filter: { site: 'www-data', recipient: '@b.test', outcome: 'accepted' },
		size: 100,
	} );
	expect( new Set( rows.map( ( { recipient } ) => recipient ) ).size ).toBe( pieces );
	expect( rows ).toHaveLength( pieces );
	const counts = await db.selectFrom( 'mailCounts' ).selectAll().where( 'per', '=', 'day' ).execute();
	expect( counts.map( ( { outcome, messages } ) => [ outcome, messages ] ) ).toEqual( [ [ 'accepted', pieces ] ] );
} );
