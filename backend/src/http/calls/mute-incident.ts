import { keepHush } from '../../db/alert-threads.ts';
import { note } from '../../db/audit.ts';
import { forSite } from '../../db/for-site.ts';
import { openIncident } from '../../db/incidents.ts';
import { alertsView } from '../../views/alerts.ts';
import type { Call } from '../call.ts';

export const muteIncident: Call< 'muteIncident' > = ( app, { key, hours }, { site, actor } ) =>
	forSite( app.db, site, async ( tx ) => {
		const { trouble, serverId } = await openIncident( tx, { siteId: site.id, key } );
		const mutedUntil = hours === 0 ? null : new Date( Date.now() + hours * 3_600_000 );
		await keepHush( tx, { siteId: site.id, key }, { mutedUntil } );
		await note( tx, app.vault, {
			...{ siteId: site.id, serverId, actor: actor.login, action: 'incident_muted', detail: { trouble, hours } },
		} );
		return alertsView( app, tx, site.id );
	} );
