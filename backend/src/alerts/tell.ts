import { randomUUID } from 'node:crypto';
import type { App } from '../app.ts';
import { channelsOf, type AlertChannel } from '../db/alert-channels.ts';
import { addDelivery } from '../db/alert-deliveries.ts';
import { holdTelling, hushesOf, hushOf, keepThread, sitesToTell, threadsOf } from '../db/alert-threads.ts';
import { incidentsById, openIncidentsOf, type IncidentOfServer } from '../db/incidents.ts';
import { unshownServers } from '../db/settings.ts';
import type { Site } from '../db/sites.ts';
import type { Tx } from '../db/tables.ts';
import { stepThread, type Member, type Thread, type Told } from '../incidents/thread.ts';
import { alertFor, isOf, type Viewer } from '../views/alert.ts';
import { genuineSite } from './genuine-site.ts';

type Parts = Pick< App, 'db' | 'vault' | 'log' >;

/**
 * Tells whoever is to be told: of each site with trouble, each viewer who has a channel, and each trouble. What a viewer is
 * told is written with the alerts in one transaction, by one worker at a time.
 * @param now milliseconds since the epoch
 */
export async function tellDue( parts: Parts, now: number ): Promise< void > {
	for ( const siteId of await sitesToTell( parts.db ) ) {
		// a site whose row is not as we wrote it keeps nobody else’s alerts
		const site = await genuineSite( parts, siteId );
		if ( site ) {
			await parts.db.transaction().execute( async ( tx ) => {
				if ( await holdTelling( tx, siteId ) ) {
					await tellSite( parts, tx, { site, at: new Date( now ).toISOString() } );
				}
			} );
		}
	}
}

async function tellSite( { log }: Parts, tx: Tx, { site, at }: { site: Site; at: string } ): Promise< void > {
	const channels = ( await channelsOf( tx, site.id ) ).filter( ( { kind } ) => kind !== 'heartbeat' );
	const open = await openIncidentsOf( tx, site.id );
	const [ threads, hushes ] = [ await threadsOf( tx, site.id ), await hushesOf( tx, site.id ) ];
	for ( const [ viewer, told ] of viewersOf( channels, threads.keys() ) ) {
		const own = open.filter( ( one ) => isOf( viewerOf( viewer ), one ) );
		const before = [ ...threads.keys() ].filter( ( key ) => key.startsWith( `${ viewer } ` ) );
		const keys = new Set( [
			...own.map( ( { key } ) => key ),
			...before.map( ( key ) => key.split( ' ' )[ 1 ] ?? '' ),
		] );
		for ( const key of keys ) {
			const thread = threads.get( `${ viewer } ${ key }` ) ?? null;
			const members = own.filter( ( one ) => one.key === key );
			const step = stepThread( thread, {
				members: members.map( memberOf ),
				isRepeated: ! members.some( ( { kind } ) => toldOnce.has( kind ) ),
				...{ hush: hushOf( hushes.get( key ) ), at, newId: randomUUID },
			} );
			if ( step.thread !== thread ) {
				await keepThread( tx, { siteId: site.id, viewer, key }, step.thread );
			}
			if ( step.tell ) {
				const of = step.thread ?? thread;
				await send( tx, {
					site,
					viewer: viewerOf( viewer ),
					channels: told,
					tell: step.tell,
					thread: of,
					members,
					at,
				} );
				log.info( { siteId: site.id, viewer, tell: step.tell, thread: of?.id }, 'trouble told' );
			}
		}
	}
}

async function send(
	tx: Tx,
	{
		site,
		viewer,
		channels,
		tell,
		thread,
		members,
		at,
	}: {
		site: Site;
		viewer: Viewer;
		channels: readonly AlertChannel[];
		tell: Told;
		thread: Thread | null;
		members: readonly IncidentOfServer[];
		at: string;
	}
): Promise< void > {
	if ( thread === null ) {
		return;
	}
	const incidents = tell === 'over' ? await incidentsById( tx, thread.members ) : members;
	const unshown = await unshownServers(
		tx,
		incidents.flatMap( ( { server } ) => server ?? [] )
	);
	const message = alertFor( viewer, { tell, thread: thread.id, site, incidents, unshown, at } );
	for ( const channel of message ? channels : [] ) {
		// one that takes nothing is not told that
		if ( message && ! incidents.some( ( { kind, subject } ) => kind === 'channel' && subject === channel.id ) ) {
			await addDelivery( tx, channel, message );
		}
	}
}

/** Days before a certificate ends are known in advance: nobody needs to be reminded each day. */
const toldOnce = new Set( [ 'certificate', 'certificate_soon' ] );

const memberOf = ( { id, seenAt, kind, serverState }: IncidentOfServer ): Member => ( {
	...{ id, seenAt: seenAt.toISOString() },
	isHidden: kind !== 'gateway' && serverState === 'unreachable',
} );

const viewerOf = ( viewer: number ): Viewer => ( { owner: viewer === 0 ? null : viewer } );

/** Who has a channel, with all of theirs, and who was told of something and has none any more. */
function viewersOf( channels: readonly AlertChannel[], threads: Iterable< string > ): Map< number, AlertChannel[] > {
	const viewers = new Map< number, AlertChannel[] >();
	for ( const key of threads ) {
		viewers.set( Number( key.split( ' ' )[ 0 ] ), [] );
	}
	for ( const channel of channels ) {
		const viewer = channel.owner ?? 0;
		viewers.set( viewer, [ ...( viewers.get( viewer ) ?? [] ), channel ] );
	}
	return viewers;
}
