import { sql } from 'kysely';
import type { Db } from '../db/tables.ts';

/** What one server sent in a week. */
export interface WeekOfServer {
	/** User id. */
	owner: number | null;
	host: string;
	accepted: number;
	refused: number;
	/** Messages in its queue when it was last looked at. */
	waiting: number;
	/** Incidents that opened. */
	incidents: number;
}

/**
 * Of each watched server of a site, by host. Where only an owner's are asked for, nothing of before a server was theirs
 * counts.
 */
export async function weekOf(
	db: Db,
	{ siteId, owner, from, to }: { siteId: string; owner: number | null; from: Date; to: Date }
): Promise< WeekOfServer[] > {
	const { rows } = await sql< WeekOfServer >`
		with s as (
			select s.id, s.owner, s.host, s.last_look, case when ${ owner }::integer is null then ${ from }::timestamptz
				else greatest(${ from }::timestamptz, coalesce(s.handed_at, '-infinity')) end as since
			from servers s join watches w on w.server = s.id
			where s.site_id = ${ siteId } and (${ owner }::integer is null or s.owner = ${ owner })
		)
		select s.owner, coalesce(s.host, '') as host,
			coalesce(sum(c.messages) filter (where c.outcome = 'accepted'), 0)::integer as accepted,
			coalesce(sum(c.messages) filter (where c.outcome in ('refused', 'expired')), 0)::integer as refused,
			coalesce((s.last_look->'mail'->>'waiting')::integer, 0) as waiting,
			(
				select count(*) from incidents i where i.server = s.id and i.opened_at >= s.since and i.opened_at < ${ to }
			)::integer as incidents
		from s left join mail_logs l on l.server = s.id
		left join mail_counts c on c.log = l.id and c.per = 'hour' and c.at >= s.since and c.at < ${ to }
		group by s.id, s.owner, s.host, s.last_look, s.since order by s.host
	`.execute( db );
	return rows;
}
