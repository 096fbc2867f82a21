import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Database } from '../../backend/src/db/database.ts';
import { openDatabase } from '../../backend/src/db/open-database.ts';
import { makeLogger } from '../../backend/src/logger.ts';
import { startPostgres } from '../database/postgres.ts';
import type { BenchContext, Figures, Measured } from './figures.ts';
import { ask } from './log-searches.ts';
import { write } from './log-writing.ts';
import { pflogsumm } from './pflogsumm.ts';

const servers = 200;

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

async function measure(
	context: BenchContext,
	{ databaseUrl, messages }: { databaseUrl: string | null; messages: number }
): Promise< Figures & { errors: number } > {
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

async function size( { db }: Database, messages: number ): Promise< Figures > {
	const { rows } = await sql< { bytes: unknown; counts: unknown } >`
		select pg_total_relation_size('mails') as bytes, pg_total_relation_size('mail_counts') as counts
	`.execute( db );
	const aMessage = ( bytes: unknown ) => Math.round( Number( bytes ) / messages );
	// how many counts there are depends on hours and sites, not on messages
	return { bytesAMessage: aMessage( rows[ 0 ]?.bytes ), countsBytesAMessage: aMessage( rows[ 0 ]?.counts ) };
}
