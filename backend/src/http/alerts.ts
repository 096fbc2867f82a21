import type { AlertsInput, AlertsView } from '@email-gateway/shared';
import type { SavedWebhook } from '../alerts/deliver.ts';
import { newSigningSecret } from '../alerts/signing.ts';
import { testText } from '../alerts/words.ts';
import type { App } from '../app.ts';
import { addDelivery, dropDeliveries, lastDelivery, type Delivery } from '../db/alert-deliveries.ts';
import { doneWithinAnHour, note } from '../db/audit.ts';
import { forSite } from '../db/for-site.ts';
import { webhookOf } from '../db/places.ts';
import type { Db } from '../db/tables.ts';
import { GatewayError } from '../errors.ts';
import { Secret } from '../vault/secret.ts';
import type { Caller } from './mount.ts';

/** A receiver is no place to send to without end: of one person, and of everybody at a site. */
const testsAnHour = { ofPerson: 10, ofSite: 30 };

/** Who is told of trouble, without what is secret about it. */
export const readAlerts = ( app: App, { site }: Pick< Caller, 'site' > ): Promise< AlertsView > =>
	view( app, app.db, site.id, null );

/** Another address gets another signing secret, so that a former receiver can sign nothing for the new one. */
export async function saveAlerts( app: App, { webhook }: AlertsInput, { site, actor }: Caller ): Promise< AlertsView > {
	return forSite( app.db, site, async ( tx ) => {
		const place = webhookOf( site.id );
		const signingSecret = webhook === null ? null : newSigningSecret();
		if ( webhook === null || signingSecret === null ) {
			await app.secrets.remove( tx, place );
		} else {
			const saved: SavedWebhook = { url: webhook, signingSecret };
			await app.secrets.save( tx, place, new Secret( JSON.stringify( saved ) ) );
		}
		// what waits was meant for the former receiver
		await dropDeliveries( tx, site.id );
		await note( tx, app.vault, { siteId: site.id, serverId: null, actor: actor.login, action: 'alerts_saved' } );
		return view( app, tx, site.id, signingSecret );
	} );
}

/** Queues an alert that says it is a test; how it went is in the view a moment later. Errors: no_alert_channel, too_many_requests. */
export async function sendTestAlert( app: App, { site, actor }: Caller ): Promise< AlertsView > {
	if ( ! ( await app.secrets.has( app.db, webhookOf( site.id ) ) ) ) {
		throw new GatewayError( 'no_alert_channel' );
	}
	await forSite( app.db, site, async ( tx ) => {
		const done = await doneWithinAnHour( tx, { siteId: site.id, action: 'alert_tested', actor: actor.login } );
		if ( done.byPerson >= testsAnHour.ofPerson || done.byAll >= testsAnHour.ofSite ) {
			throw new GatewayError( 'too_many_requests', { anHour: testsAnHour.ofPerson } );
		}
		await addDelivery( tx, site.id, {
			version: 1,
			kind: 'test',
			incident: 'test',
			at: new Date().toISOString(),
			site: site.url,
			server: null,
			trouble: null,
			text: testText,
			since: null,
			waiting: null,
			reasons: [],
		} );
		await note( tx, app.vault, { siteId: site.id, serverId: null, actor: actor.login, action: 'alert_tested' } );
	} );
	return view( app, app.db, site.id, null );
}

async function view( app: App, db: Db, siteId: string, signingSecret: string | null ): Promise< AlertsView > {
	const sealed = await app.secrets.read( db, webhookOf( siteId ) );
	if ( ! sealed ) {
		return { webhook: null, signingSecret };
	}
	const { url } = JSON.parse( sealed.reveal() ) as SavedWebhook;
	const last = await lastDelivery( db, siteId );
	return {
		webhook: { host: new URL( url ).hostname, lastDelivery: last ? deliveryView( last ) : null },
		signingSecret,
	};
}

function deliveryView( { createdAt: at, endedAt, delivered, answer, message, tries }: Delivery ) {
	return {
		at: at.toISOString(),
		outcome:
			endedAt === null ? ( 'waiting' as const ) : delivered ? ( 'delivered' as const ) : ( 'failed' as const ),
		answer: tries === 0 ? null : answer,
		isTest: message.kind === 'test',
	};
}
