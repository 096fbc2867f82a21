import { ownTestMessage } from '../../alerts/words.ts';
import { addDelivery, testsWithinAnHour } from '../../db/alert-deliveries.ts';
import { doneWithinAnHour, note } from '../../db/audit.ts';
import { channelKeptBy } from '../../db/kept-channels.ts';
import { refuseManyTestAlerts } from '../../servers/quotas.ts';
import type { Call } from '../call.ts';
import { changeOwnAlerts } from '../own-alerts.ts';

/** As sendTestAlert. What others of the site test is not counted: nobody learns of it, nor is kept from testing by it. */
export const sendOwnTestAlert: Call< 'sendOwnTestAlert' > = ( app, { id }, caller ) =>
	changeOwnAlerts( app, caller, async ( tx, keeper ) => {
		const { site, actor } = caller;
		const channel = await channelKeptBy( tx, { ...keeper, id } );
		const entry = { siteId: site.id, serverId: null, actor: actor.login, action: 'own_alert_tested' } as const;
		const { byPerson } = await doneWithinAnHour( tx, entry );
		refuseManyTestAlerts( { toChannel: await testsWithinAnHour( tx, id ), byPerson, byAll: 0 } );
		await addDelivery( tx, channel, ownTestMessage( site.url, caller.serverId, new Date() ) );
		await note( tx, app.vault, { ...entry, detail: { channel: channel.kind, owner: keeper.own } } );
	} );
