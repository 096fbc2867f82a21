import { sql } from 'kysely';
import type { Db } from '../db/tables.ts';

/** How many recipients' messages of a server had waited and were accepted at a later try that ended after `since`; null: its log tells nothing. */
export async function deliveredSince( db: Db, server: string, since: Date ): Promise< number | null > {
	const { rows } = await sql< { messages: number } >`
		select (
			select count(*) from mails m where m.log = l.id and m.outcome = 'accepted' and m.tries > 1
			and m.at > ${ since }::timestamptz - interval '9 days'
			and m.at + make_interval(secs => m.delay_ms / 1000.0) >= ${ since }
		)::integer as messages
		from mail_logs l where l.server = ${ server }
	`.execute( db );
	return rows[ 0 ]?.messages ?? null;
}
