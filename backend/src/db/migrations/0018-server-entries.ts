import { sql, type Kysely } from 'kysely';

/** How WordPress calls its servers and whose they are there: for lists alone, which search, sort and filter by it. */
export async function up( db: Kysely< unknown > ): Promise< void > {
	await sql`create table server_entries (
		site_id uuid not null references sites on delete cascade,
		server_id bigint not null,
		name text not null,
		owner bigint not null,
		primary key (site_id, server_id)
	)`.execute( db );
	await sql`create index jobs_live_of_site on jobs (site_id, server_id) where state in ('queued', 'running')`.execute(
		db
	);
}
