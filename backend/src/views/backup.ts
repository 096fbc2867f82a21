import type { BackupView, GatewaySettings } from '@email-gateway/shared';
import type { Account } from '../db/accounts.ts';
import { backupOn, type Backup } from '../db/backup.ts';
import { onBackup, type Switched } from '../db/on-backup.ts';
import type { KeptRoute } from '../db/routes.ts';
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
	const first = active?.first.settings ?? installed?.settings;
	return bodyOf( parts.db, server, { uid: null, backup, active, account, first } );
}

/** The same of the backup of a route. */
export async function routeBackupBody(
	parts: Parts,
	server: Server,
	{ route, accounts }: { route: KeptRoute } & Pick< Known, 'accounts' >
): Promise< BackupView | null > {
	const { uid, onBackup: active } = route;
	const backup = await backupOn( parts, server, uid ).catch( () => null );
	const account = accounts.find( ( { id } ) => id === ( active ? route.account?.id : backup?.rules.account ) );
	return bodyOf( parts.db, server, { uid, backup, active, account, first: active?.first ?? route } );
}

interface Shown {
	/** The Unix user whose route it is; null: the server's own. */
	uid: number | null;
	backup: Backup | null;
	active: Switched | null;
	/** The backup account. */
	account: Account | undefined;
	first: Pick< GatewaySettings, 'smtpServer' | 'userName' > | undefined;
}

async function bodyOf(
	db: Db,
	server: Server,
	{ uid, backup, active, account, first }: Shown
): Promise< BackupView | null > {
	if ( ! backup || ! account ) {
		return null;
	}
	const { smtpServer } = account.settings;
	const { automatic: isAutomatic } = backup.rules;
	return {
		...backup.rules,
		...{ name: account.name, smtpServer },
		sameProvider: first !== undefined && isSameProvider( first, account.settings ),
		active:
			active &&
			( await activeBody( db, server, {
				uid,
				active,
				host: smtpServer,
				first: first?.smtpServer ?? '',
				isAutomatic,
			} ) ),
	};
}

async function activeBody(
	db: Db,
	server: Server,
	{
		uid,
		active,
		host,
		first,
		isAutomatic,
	}: { uid: number | null; active: Switched; host: string; first: string; isAutomatic: boolean }
): Promise< NonNullable< BackupView[ 'active' ] > > {
	const { since, why, by, twice, alignments } = active;
	const { switched } = await switchesOf( db, server, uid );
	const leastMs = leastOnBackupMs( { why, switches: switched.length } );
	const of = uid === null ? undefined : { uid };
	return {
		...{ since, why, by, twice, alignments, first },
		messages: await acceptedBy( db, { server: server.id, host }, new Date( since ), of ),
		back: wayBack( why, isAutomatic ),
		staysUntil: new Date( Date.parse( since ) + leastMs ).toISOString(),
	};
}
