import { sql } from 'kysely';
import type { Config } from '../config.ts';
import { checkTables } from '../doctor/database.ts';
import { Refusal } from '../doctor/finding.ts';
import type { Logger } from '../logger.ts';
import type { Vault } from '../vault/vault.ts';
import { chainAudit } from './audit-chain.ts';
import { answers, type Database, type Place } from './database.ts';
import { inspect } from './inspect.ts';
import { makeAccounts } from './make-accounts.ts';
import { migrate } from './migrate.ts';
import { openEmbedded } from './open-embedded.ts';
import { openPostgres } from './open-postgres.ts';
import { untilItAnswers } from './outage.ts';
import { lastBeforeUpgrade } from './snapshots.ts';
import { refuseSecondTakeOver, rememberProofs, takeOver } from './take-over.ts';

/**
 * Opens PostgreSQL where DATABASE_URL is set, else the embedded database in the data folder, and brings its
 * tables up to date. A PostgreSQL that is away is waited for. Errors: an Error when the folder is in use, a Refusal when a
 * newer release has used the database.
 */
export async function openDatabase(
	config: Place & Pick< Config, 'databaseUrl' >,
	{ log, vault }: { log: Logger; vault: Vault }
): Promise< Database > {
	const { databaseUrl } = config;
	const database = databaseUrl ? openPostgres( { ...config, databaseUrl }, log ) : await openEmbedded( config, log );
	try {
		if ( database.kind === 'postgresql' ) {
			await untilItAnswers( () => answers( database.db ), { log } );
		}
		const inspection = await inspect( database.db, vault );
		const tables = checkTables( inspection, lastBeforeUpgrade( config.dataDir ) );
		if ( tables.state === 'problem' ) {
			throw new Refusal( tables );
		}
		if ( inspection.pending.length && inspection.sealed ) {
			const path = await snapshotBefore( database, log );
			log.info( { pending: inspection.pending, snapshot: path }, 'the tables are brought up to date' );
		}
		await migrate( database.db, {
			async takeOver( tx ) {
				const { rows } = await sql`select 1 from sites limit 1`.execute( tx );
				if ( rows.length ) {
					refuseSecondTakeOver( config.dataDir, 'proofs' );
					await takeOver( tx, vault );
				}
			},
			async chainAudit( tx ) {
				const { rows } = await sql`select 1 from audit limit 1`.execute( tx );
				if ( rows.length ) {
					refuseSecondTakeOver( config.dataDir, 'audit' );
					await chainAudit( tx, vault );
				}
			},
			makeAccounts: ( tx ) => makeAccounts( tx, vault ),
		} );
		rememberProofs( config.dataDir, log );
	} catch ( error ) {
		await database.close();
		throw error;
	}
	return database;
}

/**
 * The way back from an upgrade. A PostgreSQL whose tools are elsewhere goes without: its tables change in one transaction.
 * Errors: those of a copy of the embedded database.
 */
async function snapshotBefore( { kind, snapshot }: Database, log: Logger ): Promise< string | null > {
	try {
		return await snapshot( { beforeUpgrade: true } );
	} catch ( error ) {
		if ( kind === 'embedded' ) {
			throw error;
		}
		log.warn( { err: error }, 'no snapshot was taken before the tables are changed' );
		return null;
	}
}
