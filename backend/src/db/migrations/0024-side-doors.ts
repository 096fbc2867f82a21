import { sql, type Kysely } from 'kysely';

/** Connections to mail ports of other machines that looks have seen Unix users make past the gateway. */
export async function up( db: Kysely< unknown > ): Promise< void > {
	await sql`create table side_doors (
		server uuid not null,
		uid bigint not null,
		"user" text,
		address text not null,
		port integer not null,
		looks integer not null,
		first_at timestamptz not null,
		last_at timestamptz not null,
		primary key (server, uid, address, port)
	)`.execute( db );
}
