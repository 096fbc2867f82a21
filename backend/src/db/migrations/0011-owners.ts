import { sql, type Kysely } from 'kysely';

/** Whose a server is, and until when and up to which version of its settings it was another's. */
export async function up( db: Kysely< unknown > ): Promise< void > {
	await sql`alter table servers add column owner bigint, add column handed_at timestamptz, add column handed_version integer`.execute(
		db
	);
}
