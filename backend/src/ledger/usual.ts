import { sql } from 'kysely';
import type { Db } from '../db/tables.ts';
import type { SiteCounts } from '../incidents/usual.ts';

export interface CountedSite extends SiteCounts {
	/** Id of the server's row. */
	server: string;
	siteId: string;
	/** -1: came by SMTP. */
	uid: number;
	/** Name of the Unix user; null: not known. */
	user: string | null;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/**
 * What each Unix user of each server that is watched sent in the last days, of servers whose log was read within the hour.
 * @param now milliseconds since the epoch
 */
export async function sitesCounted( db: Db, now: number ): Promise< CountedSite[] > {
	const [ hour, day ] = [ Math.floor( now / hourMs ) * hourMs, Math.floor( now / dayMs ) * dayMs ];
	const at = ( ms: number ) => sql`${ new Date( ms ).toISOString() }::timestamptz`;
	const lately = sql`h.at >= ${ at( hour - hourMs ) }`;
	const { rows } = await sql< CountedSite >`
		with h as (
			select c.log, c.uid, c.at, sum(c.messages) as n,
				coalesce(sum(c.messages) filter (where c.outcome = 'accepted'), 0) as accepted,
				coalesce(sum(c.messages) filter (where c.outcome in ('refused', 'expired')), 0) as refused
			from mail_counts c where c.per = 'hour' and c.at >= ${ at( day - 8 * dayMs ) } and c.messages > 0
			group by c.log, c.uid, c.at
		)
		select l.server, s.site_id, h.uid, u.name as user,
			coalesce(max(h.n) filter (where ${ lately }), 0)::integer as lately,
			coalesce(max(h.n) filter (where not ${ lately } and h.at >= ${ at( hour - 7 * dayMs ) }), 0)::integer as busiest,
			coalesce(sum(h.accepted) filter (where ${ lately }), 0)::integer as accepted,
			coalesce(sum(h.refused) filter (where ${ lately }), 0)::integer as refused,
			coalesce(sum(h.n) filter (where h.at >= ${ at( now - dayMs ) }), 0)::integer as today,
			count(distinct floor(extract(epoch from h.at) / 86400)) filter (
				where h.at >= ${ at( day - 8 * dayMs ) } and h.at < ${ at( day - dayMs ) }
			)::integer as days,
			floor(extract(epoch from ${ at( now ) } - l.known_since) / 86400)::integer as known_days
		from h join mail_logs l on l.id = h.log join servers s on s.id = l.server join watches w on w.server = s.id
		left join mail_users u on u.log = h.log and u.uid = h.uid
		where w.looked_at > ${ at( now - hourMs ) } and l.known_since is not null
		group by l.server, s.site_id, h.uid, u.name, l.known_since
	`.execute( db );
	return rows;
}
