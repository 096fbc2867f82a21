import { sql, type Kysely } from 'kysely';

/** The TLS versions that the last lines of a log told, by `[address]:port`: one line tells it for many messages. */
export async function up( db: Kysely< unknown > ): Promise< void > {
	await sql`alter table mail_logs add column tls jsonb not null default '{}'`.execute( db );
}
