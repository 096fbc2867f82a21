import { sql, type Kysely } from 'kysely';

/** Until when we may use the connection that another plugin lent us for looks; null: it lent none. */
export async function up( db: Kysely< unknown > ): Promise< void > {
	await sql`alter table watches add column lent_until timestamptz`.execute( db );
}
