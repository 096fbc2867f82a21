import { sql, type Kysely } from 'kysely';

/** Envelope senders that Unix users of a server used and that are not listed for their site. */
export async function up( db: Kysely< unknown > ): Promise< void > {
	await sql`create table unlisted_senders (
		server uuid not null,
		uid bigint not null,
		sender text not null,
		held integer not null,
		refused integer not null,
		last_at timestamptz not null,
		primary key (server, uid, sender)
	)`.execute( db );
}
