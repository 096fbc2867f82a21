import type { Cause } from '@email-gateway/shared';
import { sql } from 'kysely';
import type { Db } from '../db/tables.ts';

/** Why mail of a Unix user waits, as its newest tries tell: the newest of each cause, of those since its account was put in. */
export async function causesOfUser(
	db: Db,
	{ server, uid, since }: { server: string; uid: number; since: Date }
): Promise< { cause: Cause; lastAt: Date }[] > {
	const { rows } = await sql< { cause: Cause; lastAt: Date } >`
		select cause, max(tried) as last_at from (
			select m.cause, m.at + make_interval(secs => coalesce(m.delay_ms, 0) / 1000.0) as tried
			from mails m join mail_logs l on l.id = m.log
			where l.server = ${ server } and m.uid = ${ uid } and m.outcome = 'waiting' and m.cause is not null
			and m.at > now() - interval '9 days'
		) waiting where tried >= ${ since }::timestamptz group by cause
	`.execute( db );
	return rows;
}
