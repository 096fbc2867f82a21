import type { MailOutcome } from '@email-gateway/shared';
import { sql } from 'kysely';
import type { Db } from '../db/tables.ts';
import { searched, type SearchedLog } from './search.ts';

export interface Counted {
	log: number;
	/** Beginning of the hour or day, UTC. */
	from: Date;
	/** -1: came by SMTP. */
	uid: number;
	outcome: MailOutcome;
	messages: number;
}

/** The most that one answer holds. */
const mostCounts = 20_000;

/** How many recipients of messages that arrived between two times there were. An hour of before `since` counts in none. */
export async function countsOf(
	db: Db,
	logs: readonly SearchedLog[],
	{ per, from, to }: { per: 'hour' | 'day'; from: string; to: string }
): Promise< Counted[] > {
	const { rows } = await sql< Counted >`
		select h.log, date_trunc(${ per }, h.hour, 'UTC') as from, h.uid, h.outcome, sum(h.messages)::integer as messages
		from ${ searched( logs ) }
		join mail_hours h on h.log = l.log and h.hour >= coalesce(l.since, '-infinity')
		where h.hour >= ${ from }::timestamptz and h.hour < ${ to }::timestamptz
		group by 1, 2, 3, 4 having sum(h.messages) <> 0
		order by 2, 1 limit ${ mostCounts }
	`.execute( db );
	return rows;
}
