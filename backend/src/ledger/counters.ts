import type { MailOutcome } from '@email-gateway/shared';
import { sql } from 'kysely';
import type { Db } from '../db/tables.ts';
import { searched, type SearchedLog } from './searched-log.ts';

export interface Counted {
	/** Null: all logs together. */
	log: number | null;
	/** Beginning of the hour or day, UTC. */
	from: Date;
	/** -1: came by SMTP, or sites are not told apart. */
	uid: number;
	outcome: MailOutcome;
	messages: number;
}

/** How long it took those that were accepted. */
export interface CountedDelay extends Omit< Counted, 'outcome' > {
	step: number;
}

/** What is asked for: of each site, of each server, or all together, between two times. */
export interface AskedCounts {
	per: 'hour' | 'day' | 'month';
	of: 'site' | 'server' | 'all';
	from: string;
	to: string;
}

/** The most that one answer holds. */
const mostCounts = 20_000;

/**
 * How many recipients of messages that arrived between two times there were. An hour or day that began before `since`
 * counts in none.
 */
export const countsOf = ( db: Db, logs: readonly SearchedLog[], asked: AskedCounts ): Promise< Counted[] > =>
	added( db, logs, { ...asked, table: 'mail_counts', kind: 'outcome' } );

/** The same by how long it took until they were accepted. */
export const delaysOf = ( db: Db, logs: readonly SearchedLog[], asked: AskedCounts ): Promise< CountedDelay[] > =>
	added( db, logs, { ...asked, table: 'mail_delays', kind: 'step' } );

/** Months are days added up. */
async function added< Row >(
	db: Db,
	logs: readonly SearchedLog[],
	{ per, of, from, to, table, kind }: AskedCounts & { table: 'mail_counts' | 'mail_delays'; kind: 'outcome' | 'step' }
): Promise< Row[] > {
	const at = per === 'month' ? sql`date_trunc('month', c.at, 'UTC')` : sql`c.at`;
	const whose = {
		site: { shown: sql`c.log, c.uid`, apart: sql`c.log, c.uid, ` },
		server: { shown: sql`c.log, -1::bigint as uid`, apart: sql`c.log, ` },
		all: { shown: sql`null::integer as log, -1::bigint as uid`, apart: sql`` },
	}[ of ];
	const what = sql.ref( `c.${ kind }` );
	const { rows } = await sql< Row >`
		select ${ whose.shown }, ${ at } as from, ${ what }, sum(c.messages)::integer as messages
		from ${ searched( logs ) }
		join ${ sql.table( table ) } c on c.log = l.log and c.per = ${ per === 'month' ? 'day' : per }
			and c.at >= coalesce(l.since, '-infinity')
		where c.at >= ${ from }::timestamptz and c.at < ${ to }::timestamptz and c.messages <> 0
		group by ${ whose.apart } ${ at }, ${ what }
		order by ${ at } limit ${ mostCounts }
	`.execute( db );
	return rows;
}
