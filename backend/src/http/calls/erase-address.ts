import { note } from '../../db/audit.ts';
import { forSite } from '../../db/for-site.ts';
import { eraseAddress as erase } from '../../ledger/one-address.ts';
import { addressOfSite, erasedView } from '../../views/mail-addresses.ts';
import type { Call } from '../call.ts';

/** The audit tells that it was done, and not whose address it was. */
export const eraseAddress: Call< 'eraseAddress' > = ( app, { address }, { site, actor } ) =>
	forSite( app.db, site, async ( tx ) => {
		const done = await erase( tx, await addressOfSite( tx, app.vault, { siteId: site.id, address } ) );
		await note( tx, app.vault, {
			...{ siteId: site.id, serverId: null, actor: actor.login, action: 'address_erased' },
			detail: { rows: done.erased },
		} );
		return erasedView( done );
	} );
