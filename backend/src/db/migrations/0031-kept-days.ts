import { sql, type Kysely } from 'kysely';

/** For how many days a site keeps messages in its mail logs; null: as long as usual. */
export async function up( db: Kysely< unknown > ): Promise< void > {
	await sql`alter table mail_settings add column kept_days integer`.execute( db );
}
