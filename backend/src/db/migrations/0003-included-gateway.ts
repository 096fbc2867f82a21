import { sql, type Kysely } from 'kysely';

/** Whether a site's customers may use its defaults without being shown them. */
export async function up( db: Kysely< unknown > ): Promise< void > {
	await sql`alter table sites add column customers_may_use_included boolean not null default false`.execute( db );
}
