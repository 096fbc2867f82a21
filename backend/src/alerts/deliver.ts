import { alertMessage } from '@email-gateway/shared';
import type { App } from '../app.ts';
import { noteOutcome, channelOf, type AlertChannel } from '../db/alert-channels.ts';
import { endTry, type Delivery, type TryEnd } from '../db/alert-deliveries.ts';
import { endIncident, keepIncident, keyOf } from '../db/incidents.ts';
import type { Channel, Sealed, SignIn } from './channel.ts';
import { channelOfKind } from './channels/all.ts';
import type { SendOptions } from './post.ts';
import { mailOfOwners, nullIfForged, signInOf, targetOf } from './target.ts';

type Kind = AlertChannel[ 'kind' ];

/** Sends an alert once; what its receiver does not take is tried again later. A channel that took nothing is trouble itself. */
export async function deliver( app: App, delivery: Delivery, options: Partial< SendOptions > ): Promise< void > {
	const channel = await channelOf( app.db, { siteId: delivery.siteId, id: delivery.channel } );
	const { target, signIn } = await aimOf( app, channel );
	const to: Channel< Kind > = channelOfKind( channel.kind );
	const outgoing = { id: delivery.id, message: alertMessage.parse( delivery.message ) };
	const { allowedPrivateRanges } = app.config;
	const end: TryEnd = target
		? await to.send( target, outgoing, { allowedPrivateRanges, ...options, ...( signIn && { signIn } ) } )
		: { answer: 'no_target', isFinal: true };
	const { siteId, tries } = delivery;
	app.log.info( { siteId, channel: channel.id, kind: channel.kind, tries, answer: end.answer }, 'alert sent' );
	// nobody waits for a test, so a second one is pressed sooner than it is tried again
	const became = await endTry( app.db, delivery, end );
	if ( became ) {
		await note( app, channel, became === 'delivered' );
	}
}

/** Where it goes and who signs in for it; an owner's own email goes out as the site's does. */
async function aimOf(
	app: App,
	channel: AlertChannel
): Promise< { target: Sealed< Kind > | null; signIn: SignIn | null } > {
	const saved = await nullIfForged( targetOf( app.secrets, app.db, channel ) );
	if ( ! channel.own || saved?.kind !== 'email' ) {
		return { target: saved, signIn: await nullIfForged( signInOf( app, channel ) ) };
	}
	const by = await mailOfOwners( app, app.db, channel.siteId );
	const target = by && { ...saved, from: by.from };
	return { target, signIn: by && ( await nullIfForged( signInOf( app, by ) ) ) };
}

async function note( { db, vault }: App, channel: AlertChannel, isDelivered: boolean ): Promise< void > {
	const { id, siteId, kind, name, own, owner } = channel;
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
		detail: { channel: { kind, name, ...( own && owner !== null ? { owner } : {} ) } },
	} );
}
