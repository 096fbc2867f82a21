import { sql } from 'kysely';
import type { Db } from './tables.ts';

/** Counts over all sites: none names a site, a server or a person. */
export interface Metrics {
	sites: number;
	/** By what the last look made of them; `unknown` before the first. */
	servers: { state: string; count: number }[];
	/** For how many seconds the server that is longest in each state is in it. */
	stateAges: { state: string; seconds: number }[];
	/** Seconds since the oldest of all messages that wait arrived, as of the last looks; null where none waits. */
	oldestS: number | null;
	/** Seconds by which the most overdue look is late. */
	lookLateS: number;
	/** In the queues, as of the last looks. */
	waiting: number;
	/** Of the last full hour. */
	messages: { outcome: string; count: number }[];
	jobs: { state: string; count: number }[];
	incidents: { trouble: string; count: number }[];
	/** Alerts that are still to be delivered. */
	alertsWaiting: number;
	/** Channels whose last alert was not delivered. */
	channelsFailing: number;
}

export async function readMetrics( db: Db ): Promise< Metrics > {
	const { rows } = await sql< Metrics >`
		select
			(select count(*) from sites where revoked_at is null)::integer as sites,
			(select coalesce(json_agg(r), '[]') from (
				select coalesce(state, 'unknown') as state, count(*)::integer from watches group by 1 order by 1
			) r) as servers,
			(select coalesce(json_agg(r), '[]') from (
				select state, greatest(0, extract(epoch from now() - min(since)))::integer as seconds
				from watches where state is not null and since is not null group by 1 order by 1
			) r) as state_ages,
			(
				select max((s.last_look->'mail'->>'oldestS')::integer) from servers s join watches w on w.server = s.id
			) as oldest_s,
			(select coalesce(greatest(0, extract(epoch from now() - min(due_at))), 0) from watches)::integer as look_late_s,
			(select coalesce(sum((s.last_look->'mail'->>'waiting')::integer), 0) from servers s join watches w on w.server = s.id)::integer as waiting,
			(select coalesce(json_agg(r), '[]') from (
				select outcome, sum(messages)::integer as count from mail_counts
				where per = 'hour' and at >= date_trunc('hour', now()) - interval '1 hour' and at < date_trunc('hour', now())
				group by 1 order by 1
			) r) as messages,
			(select coalesce(json_agg(r), '[]') from (
				select state, count(*)::integer from jobs where state in ('queued', 'running') group by 1 order by 1
			) r) as jobs,
			(select coalesce(json_agg(r), '[]') from (
				select trouble, count(*)::integer from incidents where ended_at is null group by 1 order by 1
			) r) as incidents,
			(select count(*) from alert_deliveries where ended_at is null)::integer as alerts_waiting,
			(
				select count(*) from alert_channels where last_failed_at > coalesce(last_delivered_at, '-infinity')
			)::integer as channels_failing
	`.execute( db );
	return rows[ 0 ] as Metrics;
}
