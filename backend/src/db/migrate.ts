import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { migrations } from './migrations.ts';
import * as proofs from './migrations/0004-proofs.ts';
import * as auditChain from './migrations/0010-audit-chain.ts';
import * as accounts from './migrations/0022-accounts.ts';
import type { Db } from './tables.ts';

/**
 * Brings the tables to the newest form. Two processes at once wait for each other.
 * @param takeOver   binds and proves what releases before 0.2.0 kept
 * @param chainAudit chains the audit that they kept
 * @param makeAccounts binds what is sealed to accounts, which were defaults before
 */
export async function migrate(
	db: Db,
	{
		takeOver,
		chainAudit,
		makeAccounts,
	}: Record< 'takeOver' | 'chainAudit' | 'makeAccounts', ( db: Db ) => Promise< void > >
): Promise< void > {
	const withTakeOver = {
		async up( tx: Kysely< unknown > ) {
			await proofs.up( tx );
			await takeOver( tx as Db );
		},
	};
	const withChain = { up: ( tx: Kysely< unknown > ) => auditChain.up( tx, () => chainAudit( tx as Db ) ) };
	const withAccounts = { up: ( tx: Kysely< unknown > ) => accounts.up( tx, () => makeAccounts( tx as Db ) ) };
	const all = {
		...migrations,
		...{ '0004-proofs': withTakeOver, '0010-audit-chain': withChain, '0022-accounts': withAccounts },
	};
	const migrator = new Migrator( { db, provider: { getMigrations: async () => all } } );
	const { error } = await migrator.migrateToLatest();
	if ( error ) {
		throw error;
	}
}
