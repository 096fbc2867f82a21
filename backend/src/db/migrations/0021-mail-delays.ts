import { sql, type Kysely } from 'kysely';

/**
 * How long it took until the provider had accepted: recipients by hour and by day, in steps that double (see
 * ledger/delays.ts). Those of the messages that are there are counted here.
 */
export async function up( db: Kysely< unknown > ): Promise< void > {
	await sql`create table mail_delays (
		log integer,
		per text,
		at timestamptz,
		uid bigint,
		step smallint,
		messages integer not null,
		primary key (log, per, at, uid, step)
	)`.execute( db );
	await sql`
		insert into mail_delays
		select log, per, date_trunc(per, at, 'UTC'), coalesce(uid, -1),
			least(20, greatest(0, ceil(log(2, greatest(delay_ms, 1)::numeric / 250))))::smallint, count(*)
		from mails cross join (values ('hour'), ('day')) periods(per)
		where outcome = 'accepted' and delay_ms is not null
		group by 1, 2, 3, 4, 5
	`.execute( db );
}
