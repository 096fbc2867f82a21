import { sql, type Kysely } from 'kysely';

/**
 * Accounts at providers, each kept once. What were the defaults of a site becomes its default account, under the id that
 * the newest of them had; settings say of which account they are (the site's own id: of one that is no longer there). What is
 * sealed is bound to its new place meanwhile (db/make-accounts.ts).
 */
export async function up( db: Kysely< unknown >, bind: () => Promise< void > = async () => {} ): Promise< void > {
	await sql`create table accounts (
		id uuid primary key,
		site_id uuid not null references sites on delete cascade,
		name text not null,
		is_default boolean not null,
		version integer not null,
		settings jsonb not null,
		daily_limit integer,
		at timestamptz not null,
		by text not null,
		proved_at timestamptz,
		proved_by text
	)`.execute( db );
	await sql`create unique index accounts_name on accounts (site_id, lower(name))`.execute( db );
	await sql`create unique index accounts_default on accounts (site_id) where is_default`.execute( db );
	await sql`
		insert into accounts (id, site_id, name, is_default, version, settings, at, by)
		select distinct on (site_id) id, site_id, 'Defaults', true, version, settings, at, by
		from defaults order by site_id, version desc
	`.execute( db );
	await sql`alter table settings add column account uuid`.execute( db );
	await sql`
		update settings s set account = coalesce((select id from accounts a where a.site_id = s.site_id), s.site_id)
		where defaults_version is not null
	`.execute( db );
	await sql`create index settings_of_account on settings (account) where account is not null`.execute( db );
	await sql`alter table alert_channels add column account uuid references accounts`.execute( db );
	await sql`alter table settings rename column defaults_version to account_version`.execute( db );
	await bind();
	await sql`drop table defaults`.execute( db );
}
