import { sql } from 'kysely';
import type { Db } from '../db/tables.ts';

/** What was sent today through one account of a site, by all its servers. */
export interface AccountUse {
	siteId: string;
	host: string;
	userName: string;
	/** Whether any of these gateways has an account that is kept under a name, which not everybody is shown. */
	isKept: boolean;
	/** Recipients a day that somebody typed for it; null where nobody did. */
	typedLimit: number | null;
	/** Recipients that the provider accepted since midnight, UTC. */
	used: number;
}

/** @param day its beginning, in milliseconds since the epoch */
export async function accountsUsed( db: Db, day: number ): Promise< AccountUse[] > {
	const { rows } = await sql< AccountUse >`
		select s.site_id, v.settings->>'smtpServer' as host, v.settings->>'userName' as user_name,
			bool_or(v.account is not null) as is_kept, min(a.daily_limit) as typed_limit,
			sum(c.messages)::integer as used
		from watches w join servers s on s.id = w.server
		join settings v on v.site_id = s.site_id and v.server_id = s.server_id and v.version = s.installed_version
		left join accounts a on a.id = v.account
		join mail_logs l on l.server = s.id
		join mail_counts c on c.log = l.id and c.per = 'day' and c.outcome = 'accepted' and c.at = ${ new Date(
			day
		).toISOString() }::timestamptz
		group by 1, 2, 3
	`.execute( db );
	return rows;
}
