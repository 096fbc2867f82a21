import { note } from '../../db/audit.ts';
import { chooseAccountPassword } from '../../db/choose-password.ts';
import { defaultAccountOf } from '../../db/accounts.ts';
import { forSiteAlone } from '../../db/for-site.ts';
import { saveAccount as save } from '../../db/save-account.ts';
import { letCustomersUseIncluded } from '../../db/sites.ts';
import { accountsView } from '../../views/accounts.ts';
import type { Call } from '../call.ts';

/** Saves an account. Another default is offered to customers only by a new choice. */
export const saveAccount: Call< 'saveAccount' > = ( app, { account: input }, caller ) =>
	forSiteAlone( app.db, caller.site, async ( tx ) => {
		const { id: siteId } = caller.site;
		const { password: _choice, ...asked } = input;
		const password = await chooseAccountPassword( app, tx, { siteId, input } );
		const before = await defaultAccountOf( tx, siteId );
		const { name, settings } = await save( tx, app.secrets, { siteId, asked, password, by: caller.actor.login } );
		const isAnother = before !== undefined && ( await defaultAccountOf( tx, siteId ) )?.id !== before.id;
		if ( isAnother && caller.site.customersMayUseIncluded ) {
			await letCustomersUseIncluded( tx, app.vault, caller.site, false );
		}
		await note( tx, app.vault, {
			...{ siteId, serverId: null, actor: caller.actor.login, action: 'account_saved' },
			detail: { name, smtpServer: settings.smtpServer },
		} );
		return accountsView( { db: tx, secrets: app.secrets }, caller, isAnother ? { customersMayUse: false } : {} );
	} );
