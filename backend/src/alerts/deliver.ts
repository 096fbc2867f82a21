import { alertMessage } from '@email-gateway/shared';
import type { App } from '../app.ts';
import { endTry, type Delivery } from '../db/alert-deliveries.ts';
import { webhookOf } from '../db/places.ts';
import { Secret } from '../vault/secret.ts';
import { sendToWebhook, type SendOptions } from './webhook.ts';

/** What is sealed of a site's webhook, as JSON. */
export interface SavedWebhook {
	url: string;
	signingSecret: string;
}

/** Sends an alert once; what its receiver does not take is tried again later. */
export async function deliver( app: App, delivery: Delivery, options: Partial< SendOptions > ): Promise< void > {
	const sealed = await app.secrets.read( app.db, webhookOf( delivery.siteId ) );
	if ( ! sealed ) {
		return endTry( app.db, delivery, 'no_webhook' );
	}
	const { url, signingSecret } = JSON.parse( sealed.reveal() ) as SavedWebhook;
	const webhook = { url: new Secret( url ), signingSecret: new Secret( signingSecret ) };
	const { allowedPrivateRanges } = app.config;
	const answer = await sendToWebhook(
		webhook,
		{ id: delivery.id, message: alertMessage.parse( delivery.message ) },
		{
			allowedPrivateRanges,
			...options,
		}
	);
	app.log.info( { siteId: delivery.siteId, tries: delivery.tries, answer }, 'alert sent' );
	await endTry( app.db, delivery, answer );
}
