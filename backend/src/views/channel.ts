import type { ChannelView } from '@email-gateway/shared';
import type { Channel } from '../alerts/channel.ts';
import { channelOfKind } from '../alerts/channels/all.ts';
import { nullIfForged, targetOf } from '../alerts/target.ts';
import type { AlertChannel } from '../db/alert-channels.ts';
import { lastDeliveries, type Delivery } from '../db/alert-deliveries.ts';
import type { SecretStore } from '../db/secrets.ts';
import type { Db } from '../db/tables.ts';

/**
 * Channels of one keeper, without what is secret about them.
 *
 * @param accounts names of those that may be named, by id
 */
export async function channelBodies(
	{ secrets }: { secrets: SecretStore },
	db: Db,
	channels: readonly AlertChannel[],
	accounts: ReadonlyMap< string, string >
): Promise< ChannelView[] > {
	const last = await lastDeliveries(
		db,
		channels.map( ( { id } ) => id )
	);
	const bodies: ChannelView[] = [];
	for ( const channel of channels ) {
		const shown = await shownOf( secrets, db, channel );
		const account = accounts.get( channel.account ?? '' ) ?? null;
		bodies.push( channelBody( channel, { shown, account, last: last.get( channel.id ) } ) );
	}
	return bodies;
}

/** Empty also where what is saved is not as we wrote it: then nothing is sent there either. */
async function shownOf( secrets: SecretStore, db: Db, channel: AlertChannel ): Promise< string > {
	const target = await nullIfForged( targetOf( secrets, db, channel ) );
	const of: Channel< AlertChannel[ 'kind' ] > = channelOfKind( channel.kind );
	return target ? of.shown( target ) : '';
}

function channelBody(
	{ id, kind, name, owner, weekly, lastDeliveredAt, lastFailedAt }: AlertChannel,
	{ last, ...told }: { shown: string; account: string | null; last: Delivery | undefined }
): ChannelView {
	return {
		...{ id, kind, name, owner, weekly, ...told },
		lastDeliveredAt: lastDeliveredAt?.toISOString() ?? null,
		lastFailedAt: lastFailedAt?.toISOString() ?? null,
		lastDelivery: last ? deliveryBody( last ) : null,
	};
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
