import { sql } from 'kysely';
import type { Vault } from '../vault/vault.ts';
import { migrations } from './migrations.ts';
import type { Db } from './tables.ts';

/** How the tables stand to this program. */
export interface Inspection {
	/** Migrations that were applied by a newer release. */
	newer: string[];
	/** Migrations of this release that the next start applies; all of them in an empty database. */
	pending: string[];
	/** Secrets and sites in all, and those of them that none of our master keys made. */
	sealed: number;
	sealedByOthers: number;
	/** What the clock of the database says, in milliseconds since the epoch. */
	now: number;
}

/** Looks at a database and changes nothing. Errors: those of the driver. */
export async function inspect( db: Db, vault: Vault ): Promise< Inspection > {
	const { rows } = await sql< { there: boolean; now: Date } >`
		select to_regclass('public.kysely_migration') is not null as there, now() as now`.execute( db );
	const applied = rows[ 0 ]?.there
		? ( await sql< { name: string } >`select name from kysely_migration`.execute( db ) ).rows.map(
				( { name } ) => name
		  )
		: [];
	const kids = applied.length ? await keysIn( db, applied ) : [];
	return {
		newer: applied.filter( ( name ) => ! Object.hasOwn( migrations, name ) ),
		pending: Object.keys( migrations ).filter( ( name ) => ! applied.includes( name ) ),
		sealed: kids.length,
		sealedByOthers: kids.filter( ( kid ) => ! vault.knows( { kid } ) ).length,
		now: rows[ 0 ]?.now.getTime() ?? Date.now(),
	};
}

/** Whether there are secrets, and none of our master keys opens any of them. */
export const isOfAnotherKey = ( { sealed, sealedByOthers }: Inspection ) => sealed > 0 && sealed === sealedByOthers;

async function keysIn( db: Db, applied: string[] ): Promise< string[] > {
	const secrets = await sql< { kid: string } >`select sealed->>'kid' as kid from secrets`.execute( db );
	const sites = applied.includes( '0004-proofs' )
		? await sql< { kid: string } >`select split_part(mac, '.', 1) as kid from sites where mac is not null`.execute(
				db
		  )
		: { rows: [] };
	return [ ...secrets.rows, ...sites.rows ].map( ( { kid } ) => kid );
}
