import { sql, type Kysely } from 'kysely';

/** When an account was last signed in with to see whether it works again: by all servers together, or it would be locked. */
export async function up( db: Kysely< unknown > ): Promise< void > {
	await sql`create table sign_in_checks (
		key text primary key,
		at timestamptz not null,
		failures integer not null default 0
	)`.execute( db );
}
