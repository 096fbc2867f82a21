import { mostServersOfAccount, type AccountView } from '@email-gateway/shared';
import { GatewayError } from '../errors.ts';
import { routesUsing, serversAboutToUse, serversUsing } from './account-use-of-servers.ts';
import type { Account } from './accounts.ts';
import type { UsingBackup } from './backups-of-site.ts';
import type { Db, Tx } from './tables.ts';

type Use = AccountView[ 'usedBy' ];
type Listed = Use[ 'listed' ][ number ];

/**
 * Where accounts of a site are: servers and routes that run with one, or are about to, their `backups`, and channels
 * of alerts.
 */
export async function accountUse(
	db: Db,
	siteId: string,
	{ accounts, backups }: { accounts: readonly Account[]; backups: readonly UsingBackup[] }
): Promise< Map< string, Use > > {
	const servers = await serversUsing( db, siteId );
	const routes = await routesUsing( db, siteId );
	const channels = await db
		.selectFrom( 'alertChannels' )
		.select( [ 'account', 'name', 'kind' ] )
		.where( 'siteId', '=', siteId )
		.where( 'account', 'is not', null )
		.orderBy( 'createdAt' )
		.execute();
	return new Map(
		accounts.map( ( { id, version } ) => {
			const all = new Map< number, Listed >();
			const entryOf = ( { serverId, host }: { serverId: number; host: string } ) => {
				const entry = all.get( serverId ) ?? {
					...{ serverId, host, hasOlderValues: false },
					routes: [],
					backup: null,
					routeBackups: [],
				};
				all.set( serverId, entry );
				return entry;
			};
			for ( const server of servers.filter( ( { account } ) => account === id ) ) {
				entryOf( server ).hasOlderValues ||= server.version < version;
			}
			for ( const route of routes.filter( ( { account } ) => account === id ) ) {
				const entry = entryOf( route );
				const hasOlderValues = route.version < version;
				entry.hasOlderValues ||= hasOlderValues;
				entry.routes.push( { user: route.user, hasOlderValues } );
			}
			for ( const one of backups.filter( ( { account } ) => account === id ) ) {
				const entry = entryOf( one );
				if ( one.user === null ) {
					entry.backup = one.backup;
				} else {
					entry.routeBackups.push( { user: one.user, backup: one.backup } );
				}
			}
			const listed = [ ...all.values() ].sort(
				( a, b ) => a.host.localeCompare( b.host ) || a.serverId - b.serverId
			);
			return [
				id,
				{
					servers: listed.length,
					withOlderValues: listed.filter( ( { hasOlderValues } ) => hasOlderValues ).length,
					listed: listed.slice( 0, mostServersOfAccount ),
					channels: channels
						.filter( ( { account } ) => account === id )
						.map( ( { name, kind } ) => name || kind ),
				},
			];
		} )
	);
}

/** Errors: account_in_use, until nothing sends by it or is about to. */
export async function refuseUsed( tx: Tx, account: Account ): Promise< void > {
	const use = ( await accountUse( tx, account.siteId, { accounts: [ account ], backups: [] } ) ).get(
		account.id
	) as Use;
	const servers = use.servers || ( await serversAboutToUse( tx, account ) );
	if ( servers > 0 || use.channels.length > 0 ) {
		throw new GatewayError( 'account_in_use', { servers, channels: use.channels.length } );
	}
}
