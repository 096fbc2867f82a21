import { alertMessage } from '@email-gateway/shared';
import type { App } from '../app.ts';
import { accountOf } from '../db/accounts.ts';
import { noteOutcome, channelOf, type AlertChannel } from '../db/alert-channels.ts';
import { endTry, type Delivery, type TryEnd } from '../db/alert-deliveries.ts';
import { endIncident, keepIncident, keyOf } from '../db/incidents.ts';
import { accountPassword, channelPlace } from '../db/places.ts';
import type { SecretStore } from '../db/secrets.ts';
import type { Db } from '../db/tables.ts';
import { isFailure } from '../errors.ts';
import type { Channel, Sealed, SignIn } from './channel.ts';
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
	const nothingGenuine = ( error: unknown ) => {
		if ( isFailure( error, 'record_not_genuine' ) ) {
			return null;
		}
		throw error;
	};
	const target = await targetOf( app.secrets, app.db, channel ).catch( nothingGenuine );
	const signIn = await signInOf( app, channel ).catch( nothingGenuine );
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

/** Of the account by which a channel's email goes out; null: of none. */
async function signInOf( { db, secrets }: App, { siteId, account: id }: AlertChannel ): Promise< SignIn | null > {
	if ( id === null ) {
		return null;
	}
	const account = await accountOf( db, { siteId, id } );
	const password = await secrets.read( db, accountPassword( account ) );
	return password && { ...account.settings, password: password.reveal() };
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
