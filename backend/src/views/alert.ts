import type { AlertMessage, AlertReason } from '@email-gateway/shared';
import { linkToServer } from '../alerts/headline.ts';
import { routesOf, together } from '../alerts/backup-words.ts';
import { manyText, openedText, overText } from '../alerts/words.ts';
import type { IncidentOfServer } from '../db/incidents.ts';
import { neutral } from '../gateway/neutral-cause.ts';
import type { Told } from '../incidents/thread.ts';

/** Who is told: everything of a site, or one owner's servers. */
export interface Viewer {
	/** User id; null: who manages the site. */
	owner: number | null;
}

/**
/**
 * Whether an incident is one of this viewer's: an owner has those of their own servers, and of the channels that they keep
 * for themselves, which are nobody else's. A backup is an account of the site, which owners are not shown.
 */
export function isOf(
	viewer: Viewer,
	{ owner, serverId, kind, detail }: Pick< IncidentOfServer, 'owner' | 'serverId' | 'kind' | 'detail' >
): boolean {
	const keeper = detail.channel?.owner;
	if ( keeper !== undefined ) {
		return keeper === viewer.owner;
	}
	return viewer.owner === null || ( serverId !== null && owner === viewer.owner && kind !== 'on_backup' );
}

/** For who has no settings of the site to open: where their servers are. */
export const doorOfOwners = ( site: { url: string } ): string => `${ site.url.replace( /\/+$/, '' ) }/wp-admin/`;

/** The most servers that one alert lists. */
const mostServers = 50;

/** What one alert is made of. */
export interface Telling {
	tell: Told;
	/** Names the trouble in each message. */
	thread: string;
	site: { url: string };
	/** Those of the viewer, first begun first; when it is over, all that belonged to it. */
	incidents: readonly IncidentOfServer[];
	/** Ids of servers whose account is not shown to all. */
	unshown: ReadonlySet< string >;
	/** ISO time. */
	at: string;
}

/**
 * What a viewer is told of a trouble: of their own servers only, nothing of before a server was theirs, no words of a
 * provider and no address. A channel may be read by those to whom defaults are not shown: of these our own codes are told,
 * those that many share, and the provider has no name.
 */
export function alertFor(
	viewer: Viewer,
	{ tell, thread, site, incidents, unshown, at }: Telling
): AlertMessage | null {
	const own = incidents.filter( ( one ) => isOf( viewer, one ) );
	const [ first ] = own;
	if ( ! first ) {
		return null;
	}
	const isHidden = own.some( ( { server } ) => server !== null && unshown.has( server ) );
	const servers = serversOf( own, site.url );
	const since = earliest( own.map( ( one ) => knownSince( viewer, one ) ) );
	const reasons = reasonsOf( first, isHidden );
	const provider = isHidden ? null : first.detail.provider ?? null;
	const waiting = sum( own.map( ( { detail } ) => detail.waiting ?? null ) );
	const delivered = tell === 'over' ? sum( own.map( ( one ) => one.delivered ) ) : null;
	const oldestS = tell === 'over' ? null : most( own.map( ( one ) => oldestOf( viewer, one ) ) );
	const ofRoutes = own.filter( ( { kind, detail } ) => kind === 'on_backup' && detail.user !== undefined );
	const isOfRoutes = ofRoutes.length > 0;
	const routes = together( ofRoutes.map( ( { detail } ) => detail ) );
	const about =
		servers.length > 1
			? `Mail of ${ servers.length } servers`
			: isOfRoutes
			? routesOf( routes.user ?? '', first.host ?? '' )
			: first.host ?? '';
	return {
		...{ version: 1, kind: tell, incident: thread, at, site: site.url, since },
		...{ server: servers[ 0 ] ?? null, servers: servers.slice( 0, mostServers ) },
		provider: servers.length > 1 ? provider : null,
		trouble: tell === 'over' ? null : first.trouble,
		text: tell === 'over' ? over() : servers.length > 1 ? many() : one( first ),
		...{ waiting, oldestS, delivered, reasons: tell === 'over' ? [] : reasons },
		...( viewer.owner !== null && servers.length === 0 ? { link: doorOfOwners( site ) } : {} ),
	};

	function over() {
		const durationMs = Date.parse( at ) - Date.parse( since );
		return overText( about, { durationMs, delivered, trouble: first?.trouble ?? 'waiting' } );
	}
	function many() {
		const owners = new Set( own.map( ( { owner } ) => owner ) );
		const isAccount = [ 'login', 'account' ].includes( String( reasons[ 0 ]?.whose ) );
		const isConfirmed = owners.size > 1;
		return manyText( first?.trouble ?? 'waiting', {
			servers: servers.length,
			waiting,
			provider,
			isConfirmed,
			isAccount,
			isOfRoutes,
		} );
	}
	function one( incident: IncidentOfServer ) {
		const known = isOfRoutes ? routes : incident.detail;
		const detail = { ...known, oldestS: oldestOf( viewer, incident ) };
		return openedText( incident.trouble, { host: incident.host ?? '', reasons, detail } );
	}
}

function serversOf( own: readonly IncidentOfServer[], url: string ) {
	const by = new Map( own.filter( isOfServer ).map( ( { serverId, host } ) => [ serverId, host ?? '' ] ) );
	return [ ...by ]
		.map( ( [ id, host ] ) => ( { id, host, link: linkToServer( url, id ) } ) )
		.sort( ( a, b ) => a.host.localeCompare( b.host ) );
}

const isOfServer = < One extends { serverId: number | null } >( one: One ): one is One & { serverId: number } =>
	one.serverId !== null;

/** Of an owner a server has no past before it was theirs. */
function knownSince( viewer: Viewer, { seenAt, handedAt }: IncidentOfServer ): string {
	const from = viewer.owner !== null && handedAt !== null && handedAt > seenAt ? handedAt : seenAt;
	return from.toISOString();
}

/** Messages of before the server was theirs are not an owner's to know. */
const oldestOf = ( viewer: Viewer, { handedAt, detail }: IncidentOfServer ): number | null =>
	viewer.owner === null || handedAt === null ? detail.oldestS ?? null : null;

const earliest = ( times: readonly string[] ): string => times.toSorted()[ 0 ] ?? '';

const sum = ( counts: readonly ( number | null )[] ): number | null => {
	const known = counts.filter( ( count ) => count !== null );
	return known.length === 0 ? null : known.reduce( ( all, one ) => all + one, 0 );
};

const most = ( counts: readonly ( number | null )[] ): number | null => {
	const known = counts.filter( ( count ) => count !== null );
	return known.length === 0 ? null : Math.max( ...known );
};

const reasonsOf = ( { detail }: IncidentOfServer, isHidden: boolean ): AlertReason[] =>
	( detail.reasons ?? [] ).map( ( { cause, whose, passes, count, route } ) => ( {
		...{ cause: isHidden ? neutral( cause ) : cause, whose, passes, count },
		route: route ? { user: route.user, isSaved: typeof route.account?.name === 'string' } : null,
	} ) );
