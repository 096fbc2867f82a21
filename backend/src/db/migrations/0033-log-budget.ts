import { sql, type Kysely } from 'kysely';

/** What a server's log has cost of what one day may cost, and on which day: see ledger/day-budget.ts. */
export async function up( db: Kysely< unknown > ): Promise< void > {
	await sql`alter table mail_logs add column spent integer not null default 0, add column spent_day integer`.execute(
		db
	);
}
