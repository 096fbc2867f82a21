import type { BackupView } from '@email-gateway/shared';
import type { Account } from '../db/accounts.ts';
import { backupOn } from '../db/backup.ts';
import { onBackup, type OnBackup } from '../db/on-backup.ts';
import type { SecretStore } from '../db/secrets.ts';
import type { Server } from '../db/servers.ts';
import type { SettingsVersion } from '../db/settings.ts';
import { switchesOf } from '../db/switches.ts';
import type { Db } from '../db/tables.ts';
import { acceptedBy } from '../ledger/by-provider.ts';
import { isSameProvider } from '../servers/backup-account.ts';
import { leastOnBackupMs, wayBack } from '../watch/backup-switch.ts';

interface Parts {
	db: Db;
	secrets: SecretStore;
}
interface Known {
	installed: SettingsVersion | undefined;
	accounts: readonly Account[];
}

/** What a screen tells of a server's backup, for who may manage the accounts. What we did not write is not shown. */
export async function backupBody(
	parts: Parts,
	server: Server,
	{ installed, accounts }: Known
): Promise< BackupView | null > {
	const backup = await backupOn( parts, server ).catch( () => null );
	const active = await onBackup( parts, server ).catch( () => null );
	const account = accounts.find( ( { id } ) => id === ( active?.account ?? backup?.rules.account ) );
	if ( ! backup || ! account ) {
		return null;
	}
	const { smtpServer } = account.settings;
	const first = active?.first.settings ?? installed?.settings;
	return {
		...backup.rules,
		...{ name: account.name, smtpServer },
		sameProvider: first !== undefined && isSameProvider( first, account.settings ),
		active:
			active &&
			( await activeBody( parts.db, server, { active, smtpServer, isAutomatic: backup.rules.automatic } ) ),
	};
}

async function activeBody(
	db: Db,
	server: Server,
	{ active, smtpServer: host, isAutomatic }: { active: OnBackup; smtpServer: string; isAutomatic: boolean }
): Promise< NonNullable< BackupView[ 'active' ] > > {
	const { since, why, by, twice, alignments, first } = active;
	const { switched } = await switchesOf( db, server );
	const leastMs = leastOnBackupMs( { why, switches: switched.length } );
	return {
		...{ since, why, by, twice, alignments },
		first: first.settings.smtpServer,
		messages: await acceptedBy( db, { server: server.id, host }, new Date( since ) ),
		back: wayBack( why, isAutomatic ),
		staysUntil: new Date( Date.parse( since ) + leastMs ).toISOString(),
	};
}
