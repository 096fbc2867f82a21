import type { AccountsView, AccountView } from '@email-gateway/shared';
import { accountUse } from '../db/account-use.ts';
import { accountsOf, type Account } from '../db/accounts.ts';
import { backupsOf } from '../db/backups-of-site.ts';
import type { SecretStore } from '../db/secrets.ts';
import type { Db } from '../db/tables.ts';
import { accountsUsed, type AccountUse } from '../ledger/account-use.ts';
import type { Caller } from '../servers/caller.ts';
import { refuseDefaults } from '../servers/defaults-access.ts';
import { dayOf, limitOf } from '../watch/account-limits.ts';
import { View } from './view.ts';

/**
 * The accounts without their passwords. Which servers have one, and what they sent today, is for who manages the site: others
 * are told how many have it.
 * Errors: forbidden, for whoever may not manage them.
 */
export async function accountsView(
	parts: { db: Db; secrets: SecretStore },
	caller: Pick< Caller, 'site' | 'may' >,
	{ customersMayUse = caller.site.customersMayUseIncluded }: { customersMayUse?: boolean } = {}
): Promise< View< AccountsView > > {
	refuseDefaults( caller );
	const { db } = parts;
	const accounts = await accountsOf( db, caller.site.id );
	const backups = await backupsOf( parts, caller.site.id );
	const seesServers = caller.may( 'manage_site' );
	const used = seesServers ? await accountsUsed( parts, dayOf( Date.now() ), caller.site.id ) : null;
	const use = await accountUse( db, caller.site.id, { accounts, backups } );
	return new View( {
		accounts: accounts.map( ( account ) => {
			const usedBy = use.get( account.id ) ?? { servers: 0, withOlderValues: 0, listed: [], channels: [] };
			return {
				...accountBody( account, seesServers ? usedBy : { ...usedBy, listed: [] } ),
				today: used && todayOf( account, used ),
			};
		} ),
		customersMayUse,
	} );
}

function todayOf( { settings, dailyLimit }: Account, used: readonly AccountUse[] ): AccountView[ 'today' ] {
	const { smtpServer: host, userName } = settings;
	const found = used.find( ( one ) => one.host === host && one.userName === userName );
	return { used: found?.used ?? 0, limit: limitOf( { host, typedLimit: dailyLimit } ) };
}

function accountBody(
	{ id, name, isDefault, version, settings, dailyLimit, at, provedAt, provedBy }: Account,
	usedBy: AccountView[ 'usedBy' ]
): Omit< AccountView, 'today' > {
	const proved = provedAt && provedBy ? { at: provedAt.toISOString(), by: provedBy } : null;
	return { id, name, isDefault, ...settings, dailyLimit, version, at: at.toISOString(), proved, usedBy };
}
