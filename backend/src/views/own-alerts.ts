import { mailAddress, type ChannelView, type OwnAlertsView } from '@email-gateway/shared';
import { mailOfOwners } from '../alerts/target.ts';
import { channelsKeptBy } from '../db/kept-channels.ts';
import type { SecretStore } from '../db/secrets.ts';
import type { Db } from '../db/tables.ts';
import { channelBodies } from './channel.ts';
import { View } from './view.ts';

/** Whose channels, and where WordPress says that this person gets mail. */
export interface OwnAlertsOf {
	siteId: string;
	owner: number;
	mail: string | undefined;
}

/**
 * The channels that an owner keeps, and nobody else's. By which account email goes out, and what its provider says of it, is
 * for who manages the accounts: here it was sent or not.
 *
 * @param signingSecret one that was made just now: it is told this once
 */
export async function ownAlertsView(
	parts: { secrets: SecretStore },
	db: Db,
	{ siteId, owner, mail }: OwnAlertsOf,
	signingSecret: string | null = null
): Promise< View< OwnAlertsView > > {
	const kept = await channelsKeptBy( db, { siteId, own: owner } );
	const channels = await channelBodies( parts, db, kept, new Map() );
	const to = mailAddress.safeParse( mail ).data ?? null;
	return new View( {
		channels: channels.map( forOwner ),
		mail: to && ( await mailOfOwners( parts, db, siteId ) ) ? to : null,
		signingSecret,
	} );
}

/** Whose servers it is about goes without saying here. */
function forOwner( { lastDelivery: last, ...channel }: ChannelView ): ChannelView {
	const isHidden = channel.kind === 'email' && last !== null && last.answer !== null;
	return { ...channel, owner: null, lastDelivery: isHidden ? { ...last, answer: 'not_sent' } : last };
}
