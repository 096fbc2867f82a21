import { note } from '../../db/audit.ts';
import { forSite } from '../../db/for-site.ts';
import { keepAddressesAs } from '../../ledger/address-form.ts';
import { mailSettingsView } from '../../views/mail-addresses.ts';
import type { Call } from '../call.ts';

/** Rows that are there are rewritten by the loop, in pieces. */
export const saveMailSettings: Call< 'saveMailSettings' > = ( app, { addresses }, { site, actor } ) =>
	forSite( app.db, site, async ( tx ) => {
		await keepAddressesAs( tx, site.id, addresses );
		await note( tx, app.vault, {
			...{ siteId: site.id, serverId: null, actor: actor.login, action: 'mail_settings_saved' },
			detail: { addresses },
		} );
		return mailSettingsView( tx, site.id );
	} );
