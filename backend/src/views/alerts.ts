import type { AlertsView, ChannelView, OpenIncident } from '@email-gateway/shared';
import type { Channel } from '../alerts/channel.ts';
import { channelOfKind } from '../alerts/channels/all.ts';
import { targetOf } from '../alerts/deliver.ts';
import { channelsOf, type AlertChannel } from '../db/alert-channels.ts';
import { lastDeliveries, type Delivery } from '../db/alert-deliveries.ts';
import { hushesOf, type HushRow } from '../db/alert-threads.ts';
import { openIncidentsOf, type IncidentOfServer } from '../db/incidents.ts';
import { accountsOf } from '../db/accounts.ts';
import type { SecretStore } from '../db/secrets.ts';
import { ownersOf } from '../db/servers.ts';
import { unshownServers } from '../db/settings.ts';
import type { Db } from '../db/tables.ts';
import { isFailure } from '../errors.ts';
import { View } from './view.ts';

/** The most that one answer lists. */
const mostIncidents = 200;

/**
 * Who is told of trouble, without what is secret about it, and what trouble there is.
 *
 * @param signingSecret one that was made just now: it is told this once
 */
export async function alertsView(
	{ secrets }: { secrets: SecretStore },
	db: Db,
	siteId: string,
	signingSecret: string | null = null
): Promise< View< AlertsView > > {
	const last = await lastDeliveries( db, siteId );
	const names = new Map( ( await accountsOf( db, siteId ) ).map( ( { id, name } ) => [ id, name ] ) );
	const channels: ChannelView[] = [];
	for ( const channel of await channelsOf( db, siteId ) ) {
		const shown = await shownOf( secrets, db, channel );
		const account = names.get( channel.account ?? '' ) ?? null;
		channels.push( channelBody( channel, { shown, account, last: last.get( channel.id ) } ) );
	}
	const open = await openIncidentsOf( db, siteId );
	const unshown = await unshownServers(
		db,
		open.flatMap( ( { server } ) => server ?? [] )
	);
	const hushes = await hushesOf( db, siteId );
	const by = Map.groupBy( open, ( { key } ) => key );
	const incidents = [ ...by ].map( ( [ key, all ] ) =>
		incidentBody( key, all, { hush: hushes.get( key ), unshown } )
	);
	return new View( {
		...{ channels, signingSecret, owners: await ownersOf( db, siteId ) },
		incidents: incidents.slice( -mostIncidents ).reverse(),
	} );
}

/** Empty also where what is saved is not as we wrote it: then nothing is sent there either. */
async function shownOf( secrets: SecretStore, db: Db, channel: AlertChannel ): Promise< string > {
	try {
		const target = await targetOf( secrets, db, channel );
		const of: Channel< AlertChannel[ 'kind' ] > = channelOfKind( channel.kind );
		return target ? of.shown( target ) : '';
	} catch ( error ) {
		if ( isFailure( error, 'record_not_genuine' ) ) {
			return '';
		}
		throw error;
	}
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

function incidentBody(
	key: string,
	all: readonly IncidentOfServer[],
	{ hush, unshown }: { hush: HushRow | undefined; unshown: ReadonlySet< string > }
): OpenIncident {
	const [ first ] = all as [ IncidentOfServer ];
	const isHidden = all.some( ( { server } ) => server !== null && unshown.has( server ) );
	const isKnown = hush?.acknowledgedAt && hush.acknowledgedAt >= first.openedAt;
	return {
		...{ key, trouble: first.trouble, openedAt: first.openedAt.toISOString() },
		provider: isHidden ? null : first.detail.provider ?? null,
		servers: all.flatMap( ( { serverId: id, host } ) => ( id === null ? [] : [ { id, host: host ?? '' } ] ) ),
		user: first.detail.user ?? null,
		acknowledgedBy: isKnown ? hush.acknowledgedBy : null,
		mutedUntil: hush?.mutedUntil && hush.mutedUntil > new Date() ? hush.mutedUntil.toISOString() : null,
	};
}
