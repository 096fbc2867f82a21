import { endChannel } from '../../db/end-channel.ts';
import { forSite } from '../../db/for-site.ts';
import { channelKeptBy } from '../../db/kept-channels.ts';
import { alertsView } from '../../views/alerts.ts';
import type { Call } from '../call.ts';

export const deleteChannel: Call< 'deleteChannel' > = ( app, { id }, { site, actor } ) =>
	forSite( app.db, site, async ( tx ) => {
		const channel = await channelKeptBy( tx, { siteId: site.id, own: null, id } );
		await endChannel( app, tx, channel, actor.login );
		return alertsView( app, tx, site.id );
	} );
