import { sql, type Kysely } from 'kysely';

/** When each server with a gateway is looked at next, what was seen, and who is told of trouble. */
export async function up( db: Kysely< unknown > ): Promise< void > {
	await sql`create table watches (
		server uuid primary key references servers on delete cascade,
		due_at timestamptz not null default now(),
		claimed_until timestamptz,
		claim uuid,
		state text,
		reason text,
		since timestamptz,
		looked_at timestamptz,
		incident jsonb
	)`.execute( db );
	await sql`create index watches_by_due on watches (due_at)`.execute( db );
	await sql`create table alert_deliveries (
		id uuid primary key,
		site_id uuid not null references sites on delete cascade,
		message jsonb not null,
		created_at timestamptz not null,
		due_at timestamptz not null,
		tries integer not null default 0,
		claimed_until timestamptz,
		ended_at timestamptz,
		delivered boolean,
		answer text
	)`.execute( db );
	await sql`create index alert_deliveries_due on alert_deliveries (due_at) where ended_at is null`.execute( db );
	await sql`create index alert_deliveries_of_site on alert_deliveries (site_id, created_at desc)`.execute( db );
}
