import { note } from '../../db/audit.ts';
import { revokeSite } from '../../db/sites.ts';
import { endedView } from '../../views/site.ts';
import type { Call } from '../call.ts';

/** Ends the pairing of the asking site. A copy at another address does not come here. */
export const endPairing: Call< 'endPairing' > = async ( { db, vault }, _input, { site, actor } ) => {
	await db.transaction().execute( async ( tx ) => {
		await revokeSite( tx, vault, site );
		await note( tx, vault, { siteId: site.id, serverId: null, actor: actor.login, action: 'pairing_ended' } );
	} );
	return endedView();
};
