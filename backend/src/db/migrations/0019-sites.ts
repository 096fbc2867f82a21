import { sql, type Kysely } from 'kysely';

/** The WordPress sites that the last look found on each server, and whose sending is paused there. */
export async function up( db: Kysely< unknown > ): Promise< void > {
	await sql`create table server_sites (server uuid primary key, found jsonb not null)`.execute( db );
	await sql`create table pauses (
		server uuid not null,
		uid bigint not null,
		"user" text,
		how text not null,
		at timestamptz not null default now(),
		by text not null,
		primary key (server, uid)
	)`.execute( db );
}
