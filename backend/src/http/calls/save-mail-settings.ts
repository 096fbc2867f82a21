import { note } from '../../db/audit.ts';
import { forSite } from '../../db/for-site.ts';
import { addressFormOf, keepAddressesAs } from '../../ledger/address-form.ts';
import { keepForDays, keptDaysOf } from '../../ledger/kept-days.ts';
import { mailSettingsView } from '../../views/mail-addresses.ts';
import type { Call } from '../call.ts';

/** Rows that are there are rewritten, or deleted, by the loop, in pieces. What is saved as it was is no change. */
export const saveMailSettings: Call< 'saveMailSettings' > = ( app, { addresses, keptDays }, { site, actor } ) =>
	forSite( app.db, site, async ( tx ) => {
		const change = { siteId: site.id, serverId: null, actor: actor.login };
		if ( addresses !== ( await addressFormOf( tx, site.id ) ) ) {
			await keepAddressesAs( tx, site.id, addresses );
			await note( tx, app.vault, { ...change, action: 'mail_settings_saved', detail: { addresses } } );
		}
		if ( keptDays !== undefined && keptDays !== ( await keptDaysOf( tx, site.id ) ) ) {
			await keepForDays( tx, site.id, keptDays );
			await note( tx, app.vault, { ...change, action: 'mail_days_saved', detail: { days: keptDays } } );
		}
		return mailSettingsView( tx, site.id );
	} );
