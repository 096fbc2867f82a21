import type { AlertsView } from '@email-gateway/shared';
import type { SavedWebhook } from '../alerts/deliver.ts';
import { lastDelivery, type Delivery } from '../db/alert-deliveries.ts';
import { webhookOf } from '../db/places.ts';
import type { SecretStore } from '../db/secrets.ts';
import type { Db } from '../db/tables.ts';
import { View } from './view.ts';

/**
 * Who is told of trouble, without what is secret about it.
 *
 * @param signingSecret one that was made just now: it is told this once
 */
export async function alertsView(
	{ secrets }: { secrets: SecretStore },
	db: Db,
	siteId: string,
	signingSecret: string | null = null
): Promise< View< AlertsView > > {
	const sealed = await secrets.read( db, webhookOf( siteId ) );
	if ( ! sealed ) {
		return new View( { webhook: null, signingSecret } );
	}
	const { url } = JSON.parse( sealed.reveal() ) as SavedWebhook;
	const last = await lastDelivery( db, siteId );
	const webhook = { host: new URL( url ).hostname, lastDelivery: last ? deliveryBody( last ) : null };
	return new View( { webhook, signingSecret } );
}

function deliveryBody( { createdAt: at, endedAt, delivered, answer, message, tries }: Delivery ) {
	return {
		at: at.toISOString(),
		outcome:
			endedAt === null ? ( 'waiting' as const ) : delivered ? ( 'delivered' as const ) : ( 'failed' as const ),
		answer: tries === 0 ? null : answer,
		isTest: message.kind === 'test',
	};
}
