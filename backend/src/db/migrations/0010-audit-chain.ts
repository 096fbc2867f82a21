import { sql, type Kysely } from 'kysely';

/**
 * Chains the audit of each site.
 * @param chain chains what is there already (audit-chain.ts)
 */
export async function up( db: Kysely< unknown >, chain: () => Promise< void > = async () => {} ): Promise< void > {
	await sql`alter table audit add column seq integer, add column hash text`.execute( db );
	await sql`create table audit_heads (
		site_id uuid primary key,
		entries integer not null,
		hash text not null,
		mac text not null
	)`.execute( db );
	await chain();
	await sql`alter table audit alter column seq set not null, alter column hash set not null`.execute( db );
	await sql`create unique index audit_chain on audit (site_id, seq)`.execute( db );
}
