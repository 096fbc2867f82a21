import { type BackupView, type OverCap, type SendingUser, type SitesOfServer } from '@email-gateway/shared';
import { accountsOf } from '../db/accounts.ts';
import { capsOn, type KeptCap } from '../db/caps.ts';
import { pausesOn, type Pause } from '../db/pauses.ts';
import { noKeptRoutes, routesOn, type KeptRoute } from '../db/routes.ts';
import type { SecretStore } from '../db/secrets.ts';
import { sitesOn } from '../db/server-sites.ts';
import type { Server } from '../db/servers.ts';
import type { Db, FoundSites } from '../db/tables.ts';
import { capOfUser } from '../gateway/caps.ts';
import { logsOf, namesOf } from '../ledger/logs.ts';
import { unlistedOn, type UnlistedSenders } from '../ledger/unlisted-senders.ts';
import { mailByUser, type UserMail } from '../ledger/users.ts';
import type { Caller } from '../servers/caller.ts';
import { routeBackupBody } from './backup.ts';
import { shownRoute, shownUnlisted, type ShownTo } from './route.ts';
import { closedDoorsFor, sideDoorsFor } from './side-doors.ts';
import { View } from './view.ts';

const dayMs = 86_400_000;

/**
 * Who sends on a server: users who have sites, who sent in the last 24 hours, or whose sending is paused. Not root, whose
 * mail is the server's and our own, and not Postfix itself. Mail from before the server was the caller's does not count.
 */
export async function sitesFor(
	{ db, secrets }: { db: Db; secrets: SecretStore },
	caller: Caller,
	server: Server
): Promise< View< SitesOfServer > > {
	const found = await sitesOn( db, server );
	const pauses = await pausesOn( db, server );
	const caps = await capsOn( db, server );
	// a look is not hidden by a record that does not open
	const { routes, without } = await routesOn( { db, secrets }, server ).catch( () => noKeptRoutes );
	const accounts = routes.length > 0 ? await accountsOf( db, caller.site.id ) : [];
	const shownRoutes = { accounts, seesAll: caller.may( 'manage_defaults' ) };
	const backups = new Map< number, BackupView | null >();
	for ( const route of shownRoutes.seesAll ? routes : [] ) {
		backups.set( route.uid, await routeBackupBody( { db, secrets }, server, { route, accounts } ) );
	}
	const [ log ] = caller.may( 'see_mail_log' ) ? await logsOf( db, [ server.id ] ) : [];
	const ownSince = ( caller.may( 'manage_site' ) ? null : server.handedAt ) ?? new Date( 0 );
	const times = { since: new Date( caller.now - dayMs ), ownSince };
	const mail = log ? await mailByUser( db, log.id, times ) : new Map< number, UserMail >();
	const names = log ? await namesOf( db, [ log.id ] ) : new Map< string, string >();
	const over = log ? ( found.over ?? [] ).filter( ( { since } ) => since * 1000 >= ownSince.getTime() ) : [];
	const unlisted = log ? await unlistedOn( db, server.id, caller.now ) : [];
	const uids = new Set(
		[ ...unlisted, ...found.sites, ...pauses, ...routes, ...over, ...mail.values(), ...caps ].flatMap(
			( { uid } ) => ( uid === null ? [] : [ Number( uid ) ] )
		)
	);
	const isOthers = ( { at, by }: Pause ) => by !== caller.actor.login && at < ownSince;
	const shown = pauses.map( ( pause ) => ( { ...pause, by: isOthers( pause ) ? null : pause.by } ) );
	const users = [ ...uids ].map( ( uid ) => {
		const name = log && names.get( `${ log.id } ${ uid }` );
		const known = {
			found,
			routes,
			shownRoutes,
			backups,
			pauses: shown,
			caps,
			...{ over, unlisted },
			mail: log ? mail.get( uid ) ?? silent : null,
			name,
		};
		return userOf( uid, known );
	} );
	return new View( {
		withoutRoute: without,
		users: users
			.filter( ( { uid, user } ) => uid !== 0 && user !== 'postfix' )
			.sort( ( a, b ) => nameOf( a ).localeCompare( nameOf( b ) ) || a.uid - b.uid ),
		usualCap: caps.find( ( { uid } ) => uid === null )?.limits ?? null,
		leftOut: found.leftOut,
		sideDoors: caller.may( 'see_mail_log' ) ? await sideDoorsFor( db, caller, server ) : [],
		closedDoors: await closedDoorsFor( { db, secrets }, caller, server ),
	} );
}

const silent: Omit< UserMail, 'uid' > = { accepted: 0, refused: 0, held: 0, domains: [] };

interface Known {
	found: FoundSites;
	routes: readonly KeptRoute[];
	shownRoutes: ShownTo;
	/** Of routes, by number of the user; none for who is not shown accounts. */
	backups: ReadonlyMap< number, BackupView | null >;
	pauses: readonly ( Omit< Pause, 'by' > & { by: string | null } )[];
	caps: readonly KeptCap[];
	/** Of the caller’s own time. */
	over: NonNullable< FoundSites[ 'over' ] >;
	unlisted: readonly UnlistedSenders[];
	/** Null where it is not shown. */
	mail: Omit< UserMail, 'uid' > | null;
	name: string | undefined;
}

function userOf(
	uid: number,
	{ found, routes, shownRoutes, backups, pauses, caps, over, unlisted, mail, name }: Known
): SendingUser {
	const own = found.sites.filter( ( site ) => site.uid === uid );
	const pause = pauses.find( ( one ) => Number( one.uid ) === uid );
	const route = routes.find( ( one ) => one.uid === uid );
	return {
		uid,
		user: own[ 0 ]?.user ?? route?.user ?? name ?? pause?.user ?? null,
		sites: own.map( ( { folder, domain, environment } ) => ( { folder, domain, environment } ) ),
		senderDomains: mail?.domains ?? [],
		accepted: mail?.accepted ?? null,
		refused: mail?.refused ?? null,
		held: mail?.held ?? null,
		cap: capOf( caps, uid ),
		over: overOf( over, uid ),
		route: route ? shownRoute( route, shownRoutes, backups.get( uid ) ?? null ) : null,
		unlisted: shownUnlisted( unlisted, uid, routes ),
		pause: pause ? { how: pause.how, at: pause.at.toISOString(), by: pause.by } : null,
	};
}

function capOf( caps: readonly KeptCap[], uid: number ): SendingUser[ 'cap' ] {
	const cap = capOfUser( caps, uid );
	return cap ? { own: cap.uid === uid, limits: cap.limits } : null;
}

function overOf( all: Known[ 'over' ], uid: number ): OverCap | null {
	const over = all.find( ( one ) => one.uid === uid );
	if ( ! over ) {
		return null;
	}
	const { uid: _, since, ...rest } = over;
	return { ...rest, since: new Date( since * 1000 ).toISOString() };
}
const nameOf = ( { sites, user }: SendingUser ) => sites[ 0 ]?.domain ?? sites[ 0 ]?.folder ?? user ?? '';
