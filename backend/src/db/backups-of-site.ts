import { sql } from 'kysely';
import { GatewayError } from '../errors.ts';
import { backupOn } from './backup.ts';
import { onBackup } from './on-backup.ts';
import type { SecretStore } from './secrets.ts';
import type { Db } from './tables.ts';

const isChosen = sql< boolean >`id::text in (select row_id from secrets where table_name = 'servers' and field = 'backup')`;

/** Errors: account_is_backup, until no server has it as its backup, or goes back to it; record_not_genuine. */
export async function refuseBackup(
	{ db, secrets }: { db: Db; secrets: SecretStore },
	{ siteId, id }: { siteId: string; id: string }
): Promise< void > {
	const servers = await db
		.selectFrom( 'servers' )
		.selectAll()
		.where( 'siteId', '=', siteId )
		.where( isChosen )
		.execute();
	let used = 0;
	for ( const server of servers ) {
		const backup = await backupOn( { db, secrets }, server );
		const active = await onBackup( { db, secrets }, server );
		used += backup?.rules.account === id || active?.first.account?.id === id ? 1 : 0;
	}
	if ( used > 0 ) {
		throw new GatewayError( 'account_is_backup', { servers: used } );
	}
}
