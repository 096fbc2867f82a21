import { sql, type Kysely } from 'kysely';

/** How each site keeps addresses; each log has what is written to it, and how far rows from before were rewritten. */
export async function up( db: Kysely< unknown > ): Promise< void > {
	await sql`create table mail_settings (
		site_id uuid primary key references sites on delete cascade,
		addresses text not null
	)`.execute( db );
	await sql`alter table mail_logs add column addresses text not null default 'whole', add column rewrite_after text`.execute(
		db
	);
}
