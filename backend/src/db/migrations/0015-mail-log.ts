import { sql, type Kysely } from 'kysely';

/**
 * Who sent what and what became of it, as the logs of the servers tell: one row for each recipient of each message, and
 * counts for each hour, which stay longer. `mail_logs` holds how far the log of each server was read; its rows are gone
 * some time after the server's, with all that they lead to.
 */
export async function up( db: Kysely< unknown > ): Promise< void > {
	await sql`create table mail_logs (
		id serial primary key,
		server uuid not null unique,
		head text not null default '',
		position bigint not null default 0,
		known_since timestamptz,
		told_until timestamptz,
		withheld_until timestamptz,
		read_at timestamptz not null default now()
	)`.execute( db );
	await sql`create table mail_gaps (
		log integer not null,
		from_at timestamptz,
		to_at timestamptz not null
	)`.execute( db );
	await sql`create index mail_gaps_of_log on mail_gaps (log, to_at)`.execute( db );
	await sql`create table mail_users (log integer, uid bigint, name text not null, primary key (log, uid))`.execute(
		db
	);
	await sql`create table mails (
		log integer not null,
		n smallint not null,
		tries smallint not null,
		at timestamptz not null,
		tried_at timestamptz,
		uid bigint,
		bytes integer,
		delay_ms integer,
		queue_id text not null,
		origin text,
		outcome text not null,
		cause text,
		dsn text,
		tls text,
		sender text,
		from_domain text,
		recipient text,
		relay text,
		reply text,
		primary key (log, queue_id, n)
	)`.execute( db );
	await sql`create index mails_by_time on mails (log, at)`.execute( db );
	await sql`create index mails_not_accepted on mails (log, at) where outcome <> 'accepted'`.execute( db );
	await sql`create index mails_by_recipient on mails (lower(recipient) text_pattern_ops)`.execute( db );
	await sql`create index mails_by_domain on mails (substring(lower(recipient) from '[^@]*$'), at)`.execute( db );
	await sql`create index mails_by_sender on mails (lower(sender) text_pattern_ops)`.execute( db );
	await sql`create table mail_hours (
		log integer,
		hour timestamptz,
		uid bigint,
		outcome text,
		messages integer not null,
		primary key (log, hour, uid, outcome)
	)`.execute( db );
}
