import type { MailOutcome } from '@email-gateway/shared';
import { sql } from 'kysely';
import type { Db } from '../db/tables.ts';
import { searched, type SearchedLog } from './search.ts';

export interface Counted {
	/** Null: all logs together. */
	log: number | null;
	/** Beginning of the hour or day, UTC. */
	from: Date;
	/** -1: came by SMTP. */
	uid: number;
	outcome: MailOutcome;
	messages: number;
}

/** The most that one answer holds. */
const mostCounts = 20_000;

/**
 * How many recipients of messages that arrived between two times there were. An hour or day that began before `since`
 * counts in none.
 */
export async function countsOf(
	db: Db,
	logs: readonly SearchedLog[],
	{ per, of, from, to }: { per: 'hour' | 'day'; of: 'site' | 'all'; from: string; to: string }
): Promise< Counted[] > {
	const columns =
		of === 'site'
			? sql`c.log, c.at as from, c.uid, c.outcome, c.messages`
			: sql`null::integer as log, c.at as from, -1 as uid, c.outcome, sum(c.messages)::integer as messages`;
	const { rows } = await sql< Counted >`
		select ${ columns } from ${ searched( logs ) }
		join mail_counts c on c.log = l.log and c.per = ${ per } and c.at >= coalesce(l.since, '-infinity')
		where c.at >= ${ from }::timestamptz and c.at < ${ to }::timestamptz and c.messages <> 0
		${ of === 'all' ? sql`group by c.at, c.outcome` : sql`` }
		order by c.at limit ${ mostCounts }
	`.execute( db );
	return rows;
}
