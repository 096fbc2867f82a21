import { testMessage } from '../../alerts/words.ts';
import { addDelivery, testsWithinAnHour } from '../../db/alert-deliveries.ts';
import { doneWithinAnHour, note } from '../../db/audit.ts';
import { forSite } from '../../db/for-site.ts';
import { channelKeptBy } from '../../db/kept-channels.ts';
import { refuseManyTestAlerts } from '../../servers/quotas.ts';
import { alertsView } from '../../views/alerts.ts';
import type { Call } from '../call.ts';

/** Queues an alert that says it is a test; how it went is in the view a moment later. Errors: not_found, too_many_requests. */
export const sendTestAlert: Call< 'sendTestAlert' > = async ( app, { id }, { site, actor } ) => {
	const entry = { siteId: site.id, serverId: null, actor: actor.login, action: 'alert_tested' } as const;
	await forSite( app.db, site, async ( tx ) => {
		const channel = await channelKeptBy( tx, { siteId: site.id, own: null, id } );
		const toChannel = await testsWithinAnHour( tx, id );
		refuseManyTestAlerts( { toChannel, ...( await doneWithinAnHour( tx, entry ) ) } );
		await addDelivery( tx, channel, testMessage( site.url, new Date() ) );
		await note( tx, app.vault, { ...entry, detail: { channel: channel.kind } } );
	} );
	return alertsView( app, app.db, site.id );
};
