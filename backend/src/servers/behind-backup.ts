import type { OnBackup } from '../db/on-backup.ts';
import type { SettingsVersion } from '../db/settings.ts';

/**
 * Whose account a server has, as far as someone is concerned who is not shown accounts: while it sends by a backup, that of
 * before. What one is not shown does not change under one's hands.
 */
export const behindBackup = (
	installed: SettingsVersion | undefined,
	active: OnBackup | null
): Pick< SettingsVersion, 'version' | 'account' | 'accountVersion' > | undefined =>
	installed && active?.first.account ? { ...installed, account: active.first.account.id } : installed;
