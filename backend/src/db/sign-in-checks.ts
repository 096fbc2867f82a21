import { sql } from 'kysely';
import type { Db, Time } from './tables.ts';

export interface SignInCheckTable {
	/** Keyed digest of server, user name and password: another password is another account. */
	key: string;
	at: Time;
	/** In a row. */
	failures: number;
}

/**
 * Whether an account may be signed in with now to see whether it works again: every 15 minutes at most, twice as rarely after
 * each failure and every six hours at least. Who is told yes does it, and no other server meanwhile.
 */
export async function claimSignInCheck( db: Db, key: string ): Promise< boolean > {
	await sql`delete from sign_in_checks where at < now() - interval '7 days'`.execute( db );
	const { rows } = await sql`
		insert into sign_in_checks (key, at) values (${ key }, now())
		on conflict (key) do update set at = now() where sign_in_checks.at <= now() - least(
			interval '15 minutes' * power(2, least(sign_in_checks.failures, 10)), interval '6 hours'
		)
		returning key
	`.execute( db );
	return rows.length > 0;
}

export async function noteSignInCheck( db: Db, key: string, isAccepted: boolean ): Promise< void > {
	await sql`
		update sign_in_checks set failures = case when ${ isAccepted }::boolean then 0 else failures + 1 end where key = ${ key }
	`.execute( db );
}
