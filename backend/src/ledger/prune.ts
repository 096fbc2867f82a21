import { sql } from 'kysely';
import type { Db } from '../db/tables.ts';
import { keptSince } from './kept-days.ts';
import { pruneUnlisted } from './unlisted-senders.ts';

/** Rows that one run deletes at most: the rest waits for the next one, a minute later. */
const atOnce = 20_000;

/**
 * Deletes messages after as many days as their site keeps them, counts by the hour after two months and by the day after
 * 13, and what is known of servers that are forgotten.
 */
export async function pruneMailLog( db: Db ): Promise< void > {
	await sql`delete from mails where ctid in (
		select old.ctid from mail_logs cross join lateral (
			select ctid from mails
			where log = mail_logs.id and at < ${ keptSince( sql`mail_logs.server` ) } limit ${ atOnce }
		) old limit ${ atOnce }
	)`.execute( db );
	for ( const table of [ 'mail_counts', 'mail_delays' ] ) {
		await pruneCounts( db, table, { per: 'day', months: 13 } );
		await pruneCounts( db, table, { per: 'hour', months: 2 } );
	}
	await sql`delete from mail_gaps where to_at < now() - interval '13 months'`.execute( db );
	await pruneUnlisted( db );
	const { rows } = await sql< { id: number } >`
		select id from mail_logs where server not in (select id from servers) limit 1
	`.execute( db );
	for ( const { id } of rows ) {
		await forgetLog( db, id );
	}
}

/** Log by log, since the tables are read by log, period and time: all of them at once would read each row every minute. */
async function pruneCounts( db: Db, table: string, { per, months }: { per: string; months: number } ): Promise< void > {
	const of = sql.table( table );
	await sql`delete from ${ of } where ctid = any(array(
		select old.ctid from mail_logs cross join lateral (
			select ctid from ${ of }
			where log = mail_logs.id and per = ${ per } and at < now() - make_interval(months => ${ months }) limit ${ atOnce }
		) old limit ${ atOnce }
	))`.execute( db );
}

async function forgetLog( db: Db, log: number ): Promise< void > {
	const { numAffectedRows = 0n } = await sql`
		delete from mails where ctid in (select ctid from mails where log = ${ log } limit ${ atOnce })
	`.execute( db );
	if ( numAffectedRows > 0n ) {
		return;
	}
	for ( const table of [ 'mailCounts', 'mailDelays', 'mailGaps', 'mailUsers' ] as const ) {
		await db.deleteFrom( table ).where( 'log', '=', log ).execute();
	}
	await db.deleteFrom( 'mailLogs' ).where( 'id', '=', log ).execute();
}
