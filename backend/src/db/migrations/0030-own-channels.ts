import { sql, type Kysely } from 'kysely';

/** Owners of servers keep channels of their own beside those of the site. */
export async function up( db: Kysely< unknown > ): Promise< void > {
	await sql`alter table alert_channels add column own boolean not null default false`.execute( db );
	await sql`create index alert_channels_of_owner on alert_channels (site_id, owner) where own`.execute( db );
}
