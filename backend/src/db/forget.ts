import type { Server } from './servers.ts';
import type { Db } from './tables.ts';

/** Deletes a server's records and secrets, jobs that still wait for it included. The audit stays. */
export async function forget( tx: Db, server: Server ): Promise< void > {
	const { id, site_id: siteId, server_id: serverId } = server;
	const textId = ( table: 'settings' | 'jobs' ) =>
		tx
			.selectFrom( table )
			.select( ( { cast, ref } ) => cast< string >( ref( 'id' ), 'text' ).as( 'id' ) )
			.where( 'site_id', '=', siteId )
			.where( 'server_id', '=', serverId );
	for ( const table of [ 'settings', 'jobs' ] as const ) {
		await tx
			.deleteFrom( 'secrets' )
			.where( 'table_name', '=', table )
			.where( 'row_id', 'in', textId( table ) )
			.execute();
		await tx.deleteFrom( table ).where( 'site_id', '=', siteId ).where( 'server_id', '=', serverId ).execute();
	}
	await tx.deleteFrom( 'secrets' ).where( 'table_name', '=', 'servers' ).where( 'row_id', '=', id ).execute();
	await tx.deleteFrom( 'servers' ).where( 'id', '=', id ).execute();
}
