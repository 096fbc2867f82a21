import { keepHush } from '../../db/alert-threads.ts';
import { note } from '../../db/audit.ts';
import { forSite } from '../../db/for-site.ts';
import { openIncident } from '../../db/incidents.ts';
import { alertsView } from '../../views/alerts.ts';
import type { Call } from '../call.ts';

/** Holds for the trouble that is open now: when it comes again, it is told again. */
export const acknowledgeIncident: Call< 'acknowledgeIncident' > = ( app, { key }, { site, actor } ) =>
	forSite( app.db, site, async ( tx ) => {
		const { trouble, serverId } = await openIncident( tx, { siteId: site.id, key } );
		await keepHush( tx, { siteId: site.id, key }, { acknowledgedAt: new Date(), acknowledgedBy: actor.login } );
		await note( tx, app.vault, {
			...{ siteId: site.id, serverId, actor: actor.login, action: 'incident_acknowledged', detail: { trouble } },
		} );
		return alertsView( app, tx, site.id );
	} );
