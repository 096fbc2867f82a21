import { testMessage } from '../../alerts/words.ts';
import { addDelivery } from '../../db/alert-deliveries.ts';
import { doneWithinAnHour, note } from '../../db/audit.ts';
import { forSite } from '../../db/for-site.ts';
import { webhookOf } from '../../db/places.ts';
import { GatewayError } from '../../errors.ts';
import { refuseManyTestAlerts } from '../../servers/quotas.ts';
import { alertsView } from '../../views/alerts.ts';
import type { Call } from '../call.ts';

/** Queues an alert that says it is a test; how it went is in the view a moment later. Errors: no_alert_channel, too_many_requests. */
export const sendTestAlert: Call< 'sendTestAlert' > = async ( app, _input, { site, actor } ) => {
	if ( ! ( await app.secrets.has( app.db, webhookOf( site.id ) ) ) ) {
		throw new GatewayError( 'no_alert_channel' );
	}
	const entry = { siteId: site.id, serverId: null, actor: actor.login, action: 'alert_tested' } as const;
	await forSite( app.db, site, async ( tx ) => {
		refuseManyTestAlerts( await doneWithinAnHour( tx, entry ) );
		await addDelivery( tx, site.id, testMessage( site.url, new Date() ) );
		await note( tx, app.vault, entry );
	} );
	return alertsView( app, app.db, site.id );
};
