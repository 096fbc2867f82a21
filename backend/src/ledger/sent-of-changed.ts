import { sql } from 'kysely';
import type { Db } from '../db/tables.ts';

/** What a Unix user of a server sent in a day, and the account of the gateway there. */
export interface Sent {
	siteId: string;
	host: string;
	userName: string;
	/** Recipients that the provider accepted. */
	used: number;
	server: string;
	serverId: number;
	hasRoutes: boolean;
	/** -1: not known. */
	uid: number;
	account: string | null;
}

export interface SentOf {
	/** Its beginning, in milliseconds since the epoch. */
	day: number;
	/** Undefined: all sites. */
	siteId: string | undefined;
}

export const ofSite = ( siteId: string | undefined ) =>
	siteId === undefined ? sql`true` : sql`s.site_id = ${ siteId }`;

const time = ( day: number ) => sql`${ new Date( day ).toISOString() }::timestamptz`;

/** Whether the server `s` was given other settings since then, and knows more than one provider: a backup, for example. */
export const isChangedSince = ( day: number ) => sql< boolean >`exists (
	select 1 from settings k where k.site_id = s.site_id and k.server_id = s.server_id
	having max(k.at) >= ${ time( day ) } and count(distinct lower(k.settings->>'smtpServer')) > 1
)`;

/**
 * What a Unix user of such a server sent, by the account of the provider that took it: the newest that the server had there. What
 * left by a provider that is not among them, such as that of a route, counts for the gateway's own account.
 */
export async function sentOfChanged( db: Db, { day, siteId }: SentOf ): Promise< Sent[] > {
	const { rows } = await sql< Sent >`
		select s.id as server, s.site_id, s.server_id::float8 as server_id, v.settings->>'smtpServer' as host,
			v.settings->>'userName' as user_name, v.account, coalesce(m.uid, -1)::float8 as uid, count(*)::integer as used,
			exists (select 1 from secrets x where x.table_name = 'servers' and x.row_id = s.id::text and x.field = 'routes')
				as has_routes
		from watches w join servers s on s.id = w.server
		join mail_logs l on l.server = s.id
		join mails m on m.log = l.id and m.outcome = 'accepted' and m.at >= ${ time( day ) }
		left join mail_routes r on r.id = m.route
		join lateral (
			select k.id, k.settings, k.account from settings k
			where k.site_id = s.site_id and k.server_id = s.server_id and k.version <= s.installed_version and (
				k.version = s.installed_version or lower(k.settings->>'smtpServer') = lower(split_part(r.relay, '[', 1))
			)
			order by lower(k.settings->>'smtpServer') = lower(split_part(r.relay, '[', 1)) desc nulls last, k.version desc
			limit 1
		) v on true
		where ${ isChangedSince( day ) } and ${ ofSite( siteId ) }
		group by s.id, v.id, v.settings, v.account, coalesce(m.uid, -1)
	`.execute( db );
	return rows;
}
