import { sql } from 'kysely';
import type { Db } from '../db/tables.ts';

/** Postfix tries waiting mail once in 4,000 seconds at least. */
const triedWithinMinutes = 90;

/**
 * Whether mail of a server waited after its last try, as its log tells. While it is tried again it lies with mail that is new,
 * and where nothing answers at the other end a try takes minutes.
 */
export async function isTriedAgain( db: Db, server: string ): Promise< boolean > {
	const { rows } = await sql`
		select 1 from mails m join mail_logs l on l.id = m.log
		where l.server = ${ server } and m.outcome = 'waiting'
		and m.at > now() - interval '9 days'
		and m.at + make_interval(secs => m.delay_ms / 1000.0) > now() - make_interval(mins => ${ triedWithinMinutes })
		limit 1
	`.execute( db );
	return rows.length > 0;
}
