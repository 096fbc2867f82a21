import type { AccountsView, AccountView } from '@email-gateway/shared';
import { accountUse } from '../db/account-use.ts';
import { accountsOf, type Account } from '../db/accounts.ts';
import { backupsOf } from '../db/backups-of-site.ts';
import type { SecretStore } from '../db/secrets.ts';
import type { Db } from '../db/tables.ts';
import type { Caller } from '../servers/caller.ts';
import { refuseDefaults } from '../servers/defaults-access.ts';
import { View } from './view.ts';

/**
 * The accounts without their passwords. Which servers have one is for who manages the site: others are told how many.
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
	const use = await accountUse( db, caller.site.id, { accounts, backups } );
	return new View( {
		accounts: accounts.map( ( account ) => {
			const usedBy = use.get( account.id ) ?? { servers: 0, withOlderValues: 0, listed: [], channels: [] };
			return accountBody( account, caller.may( 'manage_site' ) ? usedBy : { ...usedBy, listed: [] } );
		} ),
		customersMayUse,
	} );
}

function accountBody(
	{ id, name, isDefault, version, settings, dailyLimit, at, provedAt, provedBy }: Account,
	usedBy: AccountView[ 'usedBy' ]
): AccountView {
	const proved = provedAt && provedBy ? { at: provedAt.toISOString(), by: provedBy } : null;
	return { id, name, isDefault, ...settings, dailyLimit, version, at: at.toISOString(), proved, usedBy };
}
