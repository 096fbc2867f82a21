import { deleteAccount as drop } from '../../db/save-account.ts';
import { refuseUsed } from '../../db/account-use.ts';
import { refuseBackup } from '../../db/backups-of-site.ts';
import { accountOf } from '../../db/accounts.ts';
import { note } from '../../db/audit.ts';
import { forSiteAlone } from '../../db/for-site.ts';
import { letCustomersUseIncluded } from '../../db/sites.ts';
import { accountsView } from '../../views/accounts.ts';
import type { Call } from '../call.ts';

/** Deletes an account that nothing uses. With the default one ends what customers are offered, so that a later one is offered by a new choice. */
export const deleteAccount: Call< 'deleteAccount' > = ( app, { id }, caller ) =>
	forSiteAlone( app.db, caller.site, async ( tx ) => {
		const { site, actor } = caller;
		const account = await accountOf( tx, { siteId: site.id, id } );
		await refuseUsed( tx, account );
		await refuseBackup( { db: tx, secrets: app.secrets }, account );
		await drop( tx, app.secrets, account );
		const isOffered = account.isDefault && site.customersMayUseIncluded;
		if ( isOffered ) {
			await letCustomersUseIncluded( tx, app.vault, site, false );
		}
		await note( tx, app.vault, {
			...{ siteId: site.id, serverId: null, actor: actor.login, action: 'account_deleted' },
			detail: { name: account.name },
		} );
		return accountsView( { db: tx, secrets: app.secrets }, caller, isOffered ? { customersMayUse: false } : {} );
	} );
