import { sql, type Kysely } from 'kysely';

/**
 * A proof on each row that decides where something goes or who may ask, when a site's key ends, and the keys that were
 * given up. What older releases kept is bound and proved in the same transaction (take-over.ts).
 */
export async function up( db: Kysely< unknown > ): Promise< void > {
	for ( const table of [ 'servers', 'sites', 'jobs' ] ) {
		await sql`alter table ${ sql.table( table ) } add column mac text`.execute( db );
	}
	await sql`alter table sites add column key_expires_at timestamptz`.execute( db );
	await sql`create table retired_keys (key_id text primary key, site_id uuid not null, at timestamptz not null)`.execute(
		db
	);
}
