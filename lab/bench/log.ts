import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { openDatabase, type Database } from '../../backend/src/db/database.ts';
import { countsOf } from '../../backend/src/ledger/counters.ts';
import { cursorOf, keepPiece } from '../../backend/src/ledger/keep.ts';
import { logsOf } from '../../backend/src/ledger/logs.ts';
import { searchMails, type SearchedLog } from '../../backend/src/ledger/search.ts';
import { makeLogger } from '../../backend/src/logger.ts';
import { startPostgres } from '../database/postgres.ts';
import { ensureSystemPackages } from '../system/packages.ts';
import { run } from '../system/run.ts';
import { quantile, spread, type BenchContext, type Figures, type Measured } from './figures.ts';
import { address, messageLines, seeded, usersOf } from './log-lines.ts';

const servers = 200;
/** As many as a piece of 256 KiB holds. */
const messagesAPiece = 250;
/** As many looks as a worker takes at once. */
const writers = 4;
const periodMs = 29 * 86_400_000;
/** So many servers one call may be about. */
const searchedServers = 100;

/**
 * Two million messages of two hundred servers into PostgreSQL as their logs tell of them, then searched; beside it
 * pflogsumm over the same lines, and a smaller number into the embedded database.
 */
export async function log( context: BenchContext ): Promise< Measured > {
	const messages = context.count( 2_000_000 );
	const databaseUrl = await startPostgres( context );
	const ours = await measure( context, { databaseUrl, messages } );
	const embedded = await measure( context, { databaseUrl: null, messages: Math.ceil( messages / 20 ) } );
	const summary = await pflogsumm( context, Math.ceil( messages / 20 ) );
	return {
		sides: { PostgreSQL: ours, 'embedded database': embedded, pflogsumm: summary },
		ratios: {
			'messages a second': { value: ours.messagesASecond ?? 0, goal: { atLeast: 3000 } },
			'bytes a message': { value: ours.bytesAMessage ?? 0, goal: { atMost: 400 } },
			'search, p95 ms': { value: ours.searchP95Ms ?? 0, goal: { atMost: 100 } },
			'counters, p95 ms': { value: ours.countersP95Ms ?? 0, goal: { atMost: 100 } },
		},
	};
}

type Side = Figures & { errors: number };

async function measure(
	context: BenchContext,
	{ databaseUrl, messages }: { databaseUrl: string | null; messages: number }
): Promise< Side > {
	const folder = mkdtempSync( join( tmpdir(), 'email-gateway-log-' ) );
	const config = { databaseUrl, dataDir: join( folder, 'data' ), snapshotMinutes: 0, snapshotsKept: 0 };
	const database = await openDatabase( config, {
		log: makeLogger( { level: 'error' } ),
		// no secret is kept
		vault: {} as never,
	} );
	try {
		const rows = Array.from( { length: servers }, () => randomUUID() );
		const perSecond = await write( context, database, rows, messages );
		await sql`vacuum analyze mails`.execute( database.db );
		await sql`vacuum analyze mail_counts`.execute( database.db );
		return {
			messages,
			messagesASecond: perSecond,
			...( await size( database, messages ) ),
			...( await ask( database, rows ) ),
			errors: 0,
		};
	} finally {
		await database.close();
		rmSync( folder, { recursive: true, force: true } );
	}
}

/** @return messages a second, without the time that making the lines took */
async function write( context: BenchContext, { db }: Database, rows: string[], messages: number ): Promise< number > {
	const each = Math.ceil( messages / rows.length );
	const beganMs = Date.now() - periodMs;
	let makingMs = 0;
	let written = 0;
	const queue = rows.entries();
	const startedMs = performance.now();
	const writeServer = async ( at: number, server: string ) => {
		const random = seeded( at + 1 );
		for ( let from = 0; from < each; from += messagesAPiece ) {
			context.signal.throwIfAborted();
			const makeMs = performance.now();
			const lines: string[] = [];
			for ( let n = from; n < Math.min( each, from + messagesAPiece ); n++ ) {
				lines.push( ...messageLines( at, beganMs + Math.floor( ( n / each ) * periodMs ), random ) );
			}
			makingMs += performance.now() - makeMs;
			const after = await cursorOf( db, server );
			const piece = {
				...{
					after,
					follows: after.head !== '',
					next: { head: 'file', position: after.position + lines.length },
				},
				...{ lines, isMore: true, clock: { atMs: Date.now(), aheadMinutes: 0 }, users: usersOf( at ) },
			};
			if ( ! ( await keepPiece( db, server, piece, { isUnshown: false } ) ) ) {
				throw new Error( 'A piece was dropped.' );
			}
			written += Math.min( each, from + messagesAPiece ) - from;
		}
		if ( at % 20 === 0 ) {
			context.log( `${ written } messages` );
		}
	};
	await Promise.all(
		Array.from( { length: writers }, async () => {
			for ( const [ at, server ] of queue ) {
				await writeServer( at, server );
			}
		} )
	);
	const { rows: counted } = await sql< { count: number } >`select count(*)::integer as count from mails`.execute(
		db
	);
	if ( counted[ 0 ]?.count !== written ) {
		throw new Error( `${ written } messages were written, and ${ counted[ 0 ]?.count } are there.` );
	}
	return Math.round( ( written / ( performance.now() - startedMs - makingMs ) ) * 1000 );
}

async function size( { db }: Database, messages: number ): Promise< Figures > {
	const { rows } = await sql< { bytes: unknown; counts: unknown } >`
		select pg_total_relation_size('mails') as bytes, pg_total_relation_size('mail_counts') as counts
	`.execute( db );
	const aMessage = ( bytes: unknown ) => Math.round( Number( bytes ) / messages );
	// how many counts there are depends on hours and sites, not on messages
	return { bytesAMessage: aMessage( rows[ 0 ]?.bytes ), countsBytesAMessage: aMessage( rows[ 0 ]?.counts ) };
}

async function ask( { db }: Database, rows: string[] ): Promise< Figures > {
	const logs: SearchedLog[] = ( await logsOf( db, rows.slice( 0, searchedServers ) ) ).map( ( { id } ) => ( {
		log: id,
		since: null,
		withheldUntil: null,
	} ) );
	const random = seeded( 77 );
	const daysAgo = ( days: number ) => new Date( Date.now() - days * 86_400_000 ).toISOString();
	const searches: Record< string, () => Promise< unknown > > = {
		newest: () => searchMails( db, logs, { filter: {} } ),
		newestOfOne: () => searchMails( db, logs.slice( 0, 1 ), { filter: {} } ),
		address: () => searchMails( db, logs, { filter: { recipient: address( random ) } } ),
		beginning: () => searchMails( db, logs, { filter: { recipient: address( random ).slice( 0, 9 ) } } ),
		shortBeginning: () => searchMails( db, logs, { filter: { recipient: address( random ).slice( 0, 3 ) } } ),
		domain: () => searchMails( db, logs, { filter: { recipient: `@company-${ random( 50_000 ) }.example` } } ),
		largeDomain: () => searchMails( db, logs, { filter: { recipient: '@gmail.example' } } ),
		sender: () => searchMails( db, logs, { filter: { sender: `orders@site${ random( 100 ) }-1.example` } } ),
		site: () => searchMails( db, logs, { filter: { site: `site${ random( 100 ) }_3` } } ),
		refused: () => searchMails( db, logs, { filter: { outcome: 'refused' } } ),
		cause: () => searchMails( db, logs, { filter: { cause: 'recipient_unknown', from: daysAgo( 7 ) } } ),
		day: () => searchMails( db, logs, { filter: { from: daysAgo( 12 ), to: daysAgo( 11 ) } } ),
	};
	const counters = async () => {
		await countsOf( db, logs, { per: 'day', of: 'all', from: daysAgo( 30 ), to: daysAgo( 0 ) } );
	};
	const times: Record< string, number[] > = {};
	for ( let round = 0; round < 20; round++ ) {
		for ( const [ name, search ] of Object.entries( searches ) ) {
			( times[ name ] ??= [] ).push( await timed( search ) );
		}
	}
	const countersMs = [];
	for ( let round = 0; round < 20; round++ ) {
		countersMs.push( await timed( counters ) );
	}
	const p95s = Object.entries( times ).map( ( [ name, ms ] ) => [ `${ name }P95Ms`, quantile( ms, 0.95 ) ] as const );
	return {
		...spread( 'search', Object.values( times ).flat() ),
		...Object.fromEntries( p95s ),
		...spread( 'counters', countersMs ),
	};
}

async function timed( act: () => Promise< unknown > ): Promise< number > {
	const from = performance.now();
	await act();
	return performance.now() - from;
}

/** The usual report, over lines of the same kind: it keeps nothing, so it reads all again each time. */
async function pflogsumm( context: BenchContext, messages: number ): Promise< Side > {
	await ensureSystemPackages( [ 'pflogsumm' ], context );
	const folder = mkdtempSync( join( tmpdir(), 'email-gateway-log-' ) );
	try {
		const random = seeded( 5 );
		const lines: string[] = [];
		for ( let n = 0; n < messages; n++ ) {
			lines.push( ...messageLines( 1, Date.now() - 86_400_000 + n, random ) );
		}
		const file = join( folder, 'mail.log' );
		writeFileSync( file, `${ lines.join( '\n' ) }\n` );
		const ms = await timed( () => run( [ 'pflogsumm', file ] ) );
		return { messages, messagesASecond: Math.round( ( messages / ms ) * 1000 ), errors: 0 };
	} finally {
		rmSync( folder, { recursive: true, force: true } );
	}
}
