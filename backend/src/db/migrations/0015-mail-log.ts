import { sql, type Kysely } from 'kysely';

/**
 * Who sent what and what became of it, as the logs of the servers tell: one row for each recipient of each message, and
 * counts for each hour and day, which stay longer. `mail_logs` holds how far the log of each server was read, with the TLS
 * versions that its last lines told by `[address]:port` (one line tells it for many messages); its rows are gone some time
 * after the server's, with all that they lead to. Where a message went is written once, in `mail_routes`.
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
		tls jsonb not null default '{}',
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
	await sql`create type mail_outcome as enum (
		'queued', 'waiting', 'held', 'accepted', 'refused', 'expired', 'deleted', 'discarded', 'unknown'
	)`.execute( db );
	await sql`create type mail_origin as enum ('sendmail', 'smtp', 'notice')`.execute( db );
	await sql`create table mail_routes (
		id serial primary key,
		relay text not null,
		tls text not null,
		unique (relay, tls)
	)`.execute( db );
	await sql`create table mails (
		log integer not null,
		n smallint not null,
		tries smallint not null,
		at timestamptz not null,
		uid bigint,
		bytes integer,
		delay_ms integer,
		route integer,
		origin mail_origin,
		outcome mail_outcome not null,
		queue_id text not null,
		cause text,
		dsn text,
		sender text,
		from_domain text,
		recipient text,
		reply text,
		primary key (log, queue_id, n)
	)`.execute( db );
	await sql`create index mails_by_log on mails (log, at)`.execute( db );
	await sql`create index mails_by_time on mails (at)`.execute( db );
	await sql`create index mails_not_accepted on mails (at) where outcome <> 'accepted'`.execute( db );
	await sql`create index mails_by_recipient on mails ("left"(lower(recipient), 12) text_pattern_ops)`.execute( db );
	await sql`create index mails_by_domain on mails (substring(lower(recipient) from '[^@]*$'))`.execute( db );
	await sql`create index mails_by_sender on mails (lower(sender) text_pattern_ops)`.execute( db );
	await sql`create table mail_counts (
		log integer,
		per text,
		at timestamptz,
		uid bigint,
		outcome mail_outcome,
		messages integer not null,
		primary key (log, per, at, uid, outcome)
	)`.execute( db );
}
