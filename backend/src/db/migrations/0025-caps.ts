import { sql, type Kysely } from 'kysely';

/** How much the Unix users of a server may send. */
export async function up( db: Kysely< unknown > ): Promise< void > {
	await sql`create table caps (
		server uuid not null,
		uid bigint not null,
		never boolean not null,
		hour integer,
		day integer,
		refused integer,
		at timestamptz not null default now(),
		by text not null,
		primary key (server, uid)
	)`.execute( db );
}
