import type { Server } from './servers.ts';
import type { Db } from './tables.ts';

/** Deletes a server's records and secrets, jobs that still wait for it included. The audit stays. */
export async function forget( tx: Db, server: Server ): Promise< void > {
	const { id, siteId, serverId } = server;
	const textId = ( table: 'settings' | 'jobs' ) =>
		tx
			.selectFrom( table )
			.select( ( { cast, ref } ) => cast< string >( ref( 'id' ), 'text' ).as( 'id' ) )
			.where( 'siteId', '=', siteId )
			.where( 'serverId', '=', serverId );
	for ( const table of [ 'settings', 'jobs' ] as const ) {
		await tx
			.deleteFrom( 'secrets' )
			.where( 'tableName', '=', table )
			.where( 'rowId', 'in', textId( table ) )
			.execute();
		await tx.deleteFrom( table ).where( 'siteId', '=', siteId ).where( 'serverId', '=', serverId ).execute();
	}
	await tx.deleteFrom( 'secrets' ).where( 'tableName', '=', 'servers' ).where( 'rowId', '=', id ).execute();
	for ( const table of [
		'serverSites',
		'pauses',
		'sideDoors',
		'caps',
		'routeAccounts',
		'unlistedSenders',
		'waitingOfRoutes',
	] as const ) {
		await tx.deleteFrom( table ).where( 'server', '=', id ).execute();
	}
	await tx.deleteFrom( 'servers' ).where( 'id', '=', id ).execute();
}
