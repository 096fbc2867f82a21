import { sql, type Kysely } from 'kysely';

/** A server's screen asks for the newest of its own entries. */
export async function up( db: Kysely< unknown > ): Promise< void > {
	await sql`create index audit_by_server on audit (site_id, server_id, id desc)`.execute( db );
}
