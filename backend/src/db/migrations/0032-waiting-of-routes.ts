import { sql, type Kysely } from 'kysely';

/**
 * Why mail of a route waits, as looks have seen it without another answer in between: whether its backup is switched to is decided
 * for its mail alone. Kept for routes that have a backup. Choices of backups are sealed and stay as they are.
 */
export async function up( db: Kysely< unknown > ): Promise< void > {
	await sql`create table waiting_of_routes (
		server uuid not null references servers on delete cascade,
		uid bigint not null,
		cause text not null,
		since timestamptz not null,
		last_at timestamptz not null,
		primary key (server, uid, cause)
	)`.execute( db );
}
