import type { AlertsView, OpenIncident } from '@email-gateway/shared';
import { hushesOf, type HushRow } from '../db/alert-threads.ts';
import { openIncidentsOf, type IncidentOfServer } from '../db/incidents.ts';
import { accountsOf } from '../db/accounts.ts';
import { channelsKeptBy } from '../db/kept-channels.ts';
import type { SecretStore } from '../db/secrets.ts';
import { ownersOf } from '../db/servers.ts';
import { unshownServers } from '../db/settings.ts';
import type { Db } from '../db/tables.ts';
import { isOf } from './alert.ts';
import { channelBodies } from './channel.ts';
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
	const names = new Map( ( await accountsOf( db, siteId ) ).map( ( { id, name } ) => [ id, name ] ) );
	const kept = await channelsKeptBy( db, { siteId, own: null } );
	const channels = await channelBodies( { secrets }, db, kept, names );
	const open = ( await openIncidentsOf( db, siteId ) ).filter( ( one ) => isOf( { owner: null }, one ) );
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
		servers: serversOf( all ),
		user: usersOf( all ),
		acknowledgedBy: isKnown ? hush.acknowledgedBy : null,
		mutedUntil: hush?.mutedUntil && hush.mutedUntil > new Date() ? hush.mutedUntil.toISOString() : null,
	};
}

/** Each once: several routes of a server may have the same trouble. */
const serversOf = ( all: readonly IncidentOfServer[] ): OpenIncident[ 'servers' ] => [
	...new Map(
		all.flatMap( ( { serverId: id, host } ) =>
			id === null ? [] : [ [ id, { id, host: host ?? '' } ] as const ]
		)
	).values(),
];

const usersOf = ( all: readonly IncidentOfServer[] ): string | null =>
	[ ...new Set( all.flatMap( ( { detail } ) => detail.user ?? [] ) ) ].join( ', ' ) || null;
