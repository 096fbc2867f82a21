import { sql, type Kysely } from 'kysely';

/**
 * What was in the queue of a server when a person read it last: ids, domains and causes. It is replaced by the next one; no
 * address is in it.
 */
export async function up( db: Kysely< unknown > ): Promise< void > {
	await sql`create table queues (
		server uuid primary key references servers on delete cascade,
		read_at timestamptz not null,
		total integer not null,
		messages jsonb not null
	)`.execute( db );
}
