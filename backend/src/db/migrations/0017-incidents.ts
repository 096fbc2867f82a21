import { sql, type Kysely } from 'kysely';

/**
 * Incidents of servers, what each viewer was told of them (`alert_threads`), what people said of them (`alert_hushes`),
 * and the channels that alerts go to. A webhook that was saved before becomes a channel with the id of its site, under which
 * its secret lies.
 */
export async function up( db: Kysely< unknown > ): Promise< void > {
	await sql`create table incidents (
		id uuid primary key,
		site_id uuid not null references sites on delete cascade,
		server uuid references servers on delete cascade,
		kind text not null,
		subject text not null default '',
		key text not null,
		trouble text not null,
		seen_at timestamptz not null,
		opened_at timestamptz not null,
		ended_at timestamptz,
		delivered integer,
		detail jsonb not null default '{}'
	)`.execute( db );
	await sql`create unique index incidents_open on incidents (site_id, kind, subject, coalesce(server, site_id))
		where ended_at is null`.execute( db );
	await sql`create index incidents_ended on incidents (ended_at)`.execute( db );
	await sql`create table alert_threads (
		site_id uuid references sites on delete cascade,
		viewer integer,
		key text,
		thread jsonb not null,
		primary key (site_id, viewer, key)
	)`.execute( db );
	await sql`create table alert_hushes (
		site_id uuid references sites on delete cascade,
		key text,
		acknowledged_at timestamptz,
		acknowledged_by text,
		muted_until timestamptz,
		primary key (site_id, key)
	)`.execute( db );
	await sql`create table alert_channels (
		id uuid primary key,
		site_id uuid not null references sites on delete cascade,
		kind text not null,
		name text not null,
		owner integer,
		weekly boolean not null default false,
		created_at timestamptz not null default now(),
		last_delivered_at timestamptz,
		last_failed_at timestamptz,
		due_at timestamptz not null default now()
	)`.execute( db );
	await sql`create index alert_channels_of_site on alert_channels (site_id)`.execute( db );
	await sql`
		insert into alert_channels (id, site_id, kind, name)
		select row_id::uuid, row_id::uuid, 'webhook', '' from secrets
		where table_name = 'sites' and field = 'webhook' and row_id::uuid in (select id from sites)
	`.execute( db );
	await sql`alter table alert_deliveries add column channel uuid references alert_channels on delete cascade`.execute(
		db
	);
	await sql`update alert_deliveries set channel = site_id where site_id in (select id from alert_channels)`.execute(
		db
	);
	await sql`delete from alert_deliveries where channel is null`.execute( db );
	await sql`alter table alert_deliveries alter column channel set not null`.execute( db );
	await sql`create index alert_deliveries_of_channel on alert_deliveries (channel, created_at desc)`.execute( db );
}
