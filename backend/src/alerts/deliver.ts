import { alertMessage } from '@email-gateway/shared';
import type { App } from '../app.ts';
import { noteOutcome, channelOf, type AlertChannel } from '../db/alert-channels.ts';
import { endTry, type Delivery, type TryEnd } from '../db/alert-deliveries.ts';
import { endIncident, keepIncident, keyOf } from '../db/incidents.ts';
import { channelPlace } from '../db/places.ts';
import type { SecretStore } from '../db/secrets.ts';
import type { Db } from '../db/tables.ts';
import { isFailure } from '../errors.ts';
import type { Channel, Sealed } from './channel.ts';
import { channelOfKind } from './channels/all.ts';
import type { SendOptions } from './post.ts';

type Kind = AlertChannel[ 'kind' ];

/** Where a channel's alerts go; null: it has no secret any more. What was saved before there were channels has no `kind`. */
export async function targetOf(
	secrets: SecretStore,
	db: Db,
	channel: AlertChannel
): Promise< Sealed< Kind > | null > {
	if ( channel.kind === 'notice' ) {
		return { kind: 'notice' } as Sealed< Kind >;
	}
	const sealed = await secrets.read( db, channelPlace( channel ) );
	return sealed && ( { kind: channel.kind, ...JSON.parse( sealed.reveal() ) } as Sealed< Kind > );
}

/** Sends an alert once; what its receiver does not take is tried again later. A channel that took nothing is trouble itself. */
export async function deliver( app: App, delivery: Delivery, options: Partial< SendOptions > ): Promise< void > {
	const channel = await channelOf( app.db, { siteId: delivery.siteId, id: delivery.channel } );
	const target = await targetOf( app.secrets, app.db, channel ).catch( ( error: unknown ) => {
		if ( isFailure( error, 'record_not_genuine' ) ) {
			return null;
		}
		throw error;
	} );
	const to: Channel< Kind > = channelOfKind( channel.kind );
	const outgoing = { id: delivery.id, message: alertMessage.parse( delivery.message ) };
	const { allowedPrivateRanges } = app.config;
	const end: TryEnd = target
		? await to.send( target, outgoing, { allowedPrivateRanges, ...options } )
		: { answer: 'no_target', isFinal: true };
	const { siteId, tries } = delivery;
	app.log.info( { siteId, channel: channel.id, kind: channel.kind, tries, answer: end.answer }, 'alert sent' );
	// nobody waits for a test, so a second one is pressed sooner than it is tried again
	const became = await endTry( app.db, delivery, end );
	if ( became ) {
		await note( app, channel, became === 'delivered' );
	}
}

async function note( { db, vault }: App, channel: AlertChannel, isDelivered: boolean ): Promise< void > {
	const { id, siteId, kind, name } = channel;
	await noteOutcome( db, id, isDelivered );
	const of = { siteId, server: null, kind: 'channel', subject: id };
	if ( isDelivered ) {
		return endIncident( db, of );
	}
	const key = keyOf( vault, { of: 'channel', channel: id } );
	const now = new Date();
	await keepIncident( db, {
		...of,
		key,
		trouble: 'channel_failed',
		seenAt: now,
		detail: { channel: { kind, name } },
	} );
}
