import { sql } from 'kysely';
import { noKeptRoutes, routesOn } from '../db/routes.ts';
import type { SecretStore } from '../db/secrets.ts';
import type { Db } from '../db/tables.ts';
import { isChangedSince, ofSite, sentOfChanged, type Sent, type SentOf } from './sent-of-changed.ts';

/** What was sent today through one account of a site, by all its servers. */
export interface AccountUse {
	siteId: string;
	host: string;
	userName: string;
	/** Whether any of these gateways and routes has an account that is kept under a name, which not everybody is shown. */
	isKept: boolean;
	/** Recipients a day that somebody typed for it; null where nobody did. */
	typedLimit: number | null;
	/** Recipients that the provider accepted since midnight, UTC. */
	used: number;
}

/**
 * Of all sites, or of one. The mail of a Unix user with a route is of that route's account, also what was sent on the day before it was set.
 *
 * @param day its beginning, in milliseconds since the epoch
 */
export async function accountsUsed(
	{ db, secrets }: { db: Db; secrets: SecretStore },
	day: number,
	siteId?: string
): Promise< AccountUse[] > {
	const limits = new Map(
		( await db.selectFrom( 'accounts' ).select( [ 'id', 'dailyLimit' ] ).execute() ).map( ( one ) => [
			one.id,
			one.dailyLimit,
		] )
	);
	const all = new Map< string, AccountUse >();
	const of = { day, siteId };
	const rows = [ ...( await sentOn( db, of ) ), ...( await sentOfChanged( db, of ) ) ];
	for ( const [ id, ofServer ] of Map.groupBy( rows, ( { server } ) => server ) ) {
		const [ { siteId, serverId, hasRoutes } ] = ofServer as [ Sent, ...Sent[] ];
		const { routes } = hasRoutes
			? await routesOn( { db, secrets }, { id, siteId, serverId } ).catch( () => noKeptRoutes )
			: noKeptRoutes;
		for ( const sent of ofServer ) {
			const route = routes.find( ( { uid } ) => uid === sent.uid );
			const host = route?.smtpServer ?? sent.host;
			const userName = route?.userName ?? sent.userName;
			const account = route ? route.account?.id ?? null : sent.account;
			const key = JSON.stringify( [ siteId, host, userName ] );
			const use = all.get( key ) ?? { siteId, host, userName, isKept: false, typedLimit: null, used: 0 };
			const limit = account === null ? null : limits.get( account ) ?? null;
			all.set( key, {
				...use,
				isKept: use.isKept || account !== null,
				typedLimit: limit === null ? use.typedLimit : Math.min( limit, use.typedLimit ?? limit ),
				used: use.used + sent.used,
			} );
		}
	}
	return [ ...all.values() ];
}

async function sentOn( db: Db, { day, siteId }: SentOf ): Promise< Sent[] > {
	const { rows } = await sql< Sent >`
		select s.id as server, s.site_id, s.server_id::float8 as server_id, v.settings->>'smtpServer' as host,
			v.settings->>'userName' as user_name, v.account, c.uid::float8 as uid, sum(c.messages)::integer as used,
			exists (select 1 from secrets x where x.table_name = 'servers' and x.row_id = s.id::text and x.field = 'routes')
				as has_routes
		from watches w join servers s on s.id = w.server
		join settings v on v.site_id = s.site_id and v.server_id = s.server_id and v.version = s.installed_version
		join mail_logs l on l.server = s.id
		join mail_counts c on c.log = l.id and c.per = 'day' and c.outcome = 'accepted' and c.at = ${ new Date(
			day
		).toISOString() }::timestamptz
		where not ${ isChangedSince( day ) } and ${ ofSite( siteId ) }
		group by s.id, v.id, c.uid
	`.execute( db );
	return rows;
}
