import { mostServersOfAccount, type AccountView } from '@email-gateway/shared';
import { sql } from 'kysely';
import { GatewayError } from '../errors.ts';
import type { Account } from './accounts.ts';
import type { Db, Tx } from './tables.ts';

type Use = AccountView[ 'usedBy' ];

interface UsingServer {
	account: string;
	serverId: number;
	host: string;
	/** Of the account. */
	version: number;
}

/** Where accounts of a site are: servers that run with one, or are about to, and channels of alerts. */
export async function accountUse(
	db: Db,
	siteId: string,
	accounts: readonly Account[]
): Promise< Map< string, Use > > {
	const servers = await serversUsing( db, siteId );
	const channels = await db
		.selectFrom( 'alertChannels' )
		.select( [ 'account', 'name', 'kind' ] )
		.where( 'siteId', '=', siteId )
		.where( 'account', 'is not', null )
		.orderBy( 'createdAt' )
		.execute();
	return new Map(
		accounts.map( ( { id, version } ) => {
			const own = servers.filter( ( { account } ) => account === id );
			const listed = own.map( ( server ) => ( {
				...{ serverId: server.serverId, host: server.host, hasOlderValues: server.version < version },
			} ) );
			return [
				id,
				{
					servers: own.length,
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

/** Errors: account_in_use, until nothing has it or is about to. */
export async function refuseUsed( tx: Tx, account: Account ): Promise< void > {
	const { servers, channels } = ( await accountUse( tx, account.siteId, [ account ] ) ).get( account.id ) as Use;
	if ( servers > 0 || channels.length > 0 ) {
		throw new GatewayError( 'account_in_use', { servers, channels: channels.length } );
	}
}

/** Servers on which older values of an account are installed, and which were not asked to take the present ones yet. */
export async function serversBehind(
	db: Db,
	{ id, siteId, version }: Account
): Promise< { serverId: number; host: string }[] > {
	const { rows } = await sql< { serverId: number; host: string } >`
		select s.server_id, coalesce(s.host, '') as host from servers s
		join settings v on v.site_id = s.site_id and v.server_id = s.server_id and v.version = s.installed_version
		where s.site_id = ${ siteId } and v.account = ${ id } and v.account_version < ${ version }
		and not exists (
			select 1 from settings w where w.site_id = s.site_id and w.server_id = s.server_id
			and w.version = s.submitted_version and w.account = ${ id } and w.account_version >= ${ version }
			and exists (
				select 1 from jobs j where j.site_id = s.site_id and j.server_id = s.server_id
				and j.verb = 'install_gateway' and j.state in ('queued', 'running')
			)
		)
		order by s.host, s.server_id
	`.execute( db );
	return rows.map( ( row ) => ( { ...row, serverId: Number( row.serverId ) } ) );
}

/** One row for each server and account, by host: what is installed, else what is submitted. */
async function serversUsing( db: Db, siteId: string ): Promise< UsingServer[] > {
	const { rows } = await sql< UsingServer >`
		select distinct on (s.host, s.server_id, v.account) v.account, s.server_id::int8 as server_id,
			coalesce(s.host, '') as host, v.account_version as version
		from servers s join settings v on v.site_id = s.site_id and v.server_id = s.server_id
			and v.version in (s.installed_version, s.submitted_version)
		where s.site_id = ${ siteId } and v.account is not null
		order by s.host, s.server_id, v.account, (v.version = s.installed_version) desc nulls last
	`.execute( db );
	return rows.map( ( row ) => ( { ...row, serverId: Number( row.serverId ) } ) );
}
