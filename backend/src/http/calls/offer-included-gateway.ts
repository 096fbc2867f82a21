import { note } from '../../db/audit.ts';
import { letCustomersUseIncluded } from '../../db/sites.ts';
import { accountsView } from '../../views/accounts.ts';
import type { Call } from '../call.ts';

/** Lets customers use the default account without being shown it, or no longer. What is installed stays. */
export const offerIncludedGateway: Call< 'offerIncludedGateway' > = (
	{ db, vault, secrets },
	{ customersMayUse },
	caller
) =>
	db.transaction().execute( async ( tx ) => {
		const { site, actor } = caller;
		await letCustomersUseIncluded( tx, vault, site, customersMayUse );
		await note( tx, vault, {
			...{ siteId: site.id, serverId: null, actor: actor.login },
			...{ action: 'included_gateway_offered', detail: { customersMayUse } },
		} );
		return accountsView( { db: tx, secrets }, caller, { customersMayUse } );
	} );
