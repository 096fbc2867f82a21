import type { SavedWebhook } from '../../alerts/deliver.ts';
import { newSigningSecret } from '../../alerts/signing.ts';
import { dropDeliveries } from '../../db/alert-deliveries.ts';
import { note } from '../../db/audit.ts';
import { forSite } from '../../db/for-site.ts';
import { webhookOf } from '../../db/places.ts';
import { Secret } from '../../vault/secret.ts';
import { alertsView } from '../../views/alerts.ts';
import type { Call } from '../call.ts';

/** Another address gets another signing secret, so that a former receiver can sign nothing for the new one. */
export const saveAlerts: Call< 'saveAlerts' > = ( app, { webhook: url }, { site, actor } ) =>
	forSite( app.db, site, async ( tx ) => {
		const signingSecret = url === null ? null : newSigningSecret();
		if ( url === null || signingSecret === null ) {
			await app.secrets.remove( tx, webhookOf( site.id ) );
		} else {
			const saved: SavedWebhook = { url, signingSecret };
			await app.secrets.save( tx, webhookOf( site.id ), new Secret( JSON.stringify( saved ) ) );
		}
		// what waits was meant for the former receiver
		await dropDeliveries( tx, site.id );
		await note( tx, app.vault, { siteId: site.id, serverId: null, actor: actor.login, action: 'alerts_saved' } );
		return alertsView( app, tx, site.id, signingSecret );
	} );
