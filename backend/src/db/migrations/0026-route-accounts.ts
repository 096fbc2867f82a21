import { sql, type Kysely } from 'kysely';

/**
 * Which saved accounts the routes of a server have. The routes themselves are sealed; what was typed for them stays theirs,
 * so there is nothing to take over.
 */
export async function up( db: Kysely< unknown > ): Promise< void > {
	await sql`create table route_accounts (
		server uuid not null references servers on delete cascade,
		uid bigint not null,
		"user" text not null,
		account uuid not null references accounts,
		account_version integer not null,
		primary key (server, uid, account)
	)`.execute( db );
	await sql`create index route_accounts_account on route_accounts (account)`.execute( db );
}
