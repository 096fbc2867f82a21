import { channelOf, dropChannel } from '../../db/alert-channels.ts';
import { note } from '../../db/audit.ts';
import { forSite } from '../../db/for-site.ts';
import { endIncident } from '../../db/incidents.ts';
import { channelPlace } from '../../db/places.ts';
import { alertsView } from '../../views/alerts.ts';
import type { Call } from '../call.ts';

export const deleteChannel: Call< 'deleteChannel' > = ( app, { id }, { site, actor } ) =>
	forSite( app.db, site, async ( tx ) => {
		const channel = await channelOf( tx, { siteId: site.id, id } );
		await app.secrets.remove( tx, channelPlace( channel ) );
		await dropChannel( tx, id );
		await endIncident( tx, { siteId: site.id, server: null, kind: 'channel', subject: id } );
		const detail = { channel: channel.kind };
		await note( tx, app.vault, {
			...{ siteId: site.id, serverId: null, actor: actor.login, action: 'alert_channel_deleted', detail },
		} );
		return alertsView( app, tx, site.id );
	} );
