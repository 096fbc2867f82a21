import type { Vault } from '../vault/vault.ts';
import { headMac, isGenuineHead } from './audit-chain.ts';
import { isGenuineJob, isGenuineServer, isGenuineSite, jobMac, serverMac, siteMac } from './genuine.ts';
import type { Db } from './tables.ts';

/** Proves with the newest master key what an older one proved, so that the older one may go. */
export async function renewMacs( db: Db, vault: Vault ): Promise< void > {
	const isOlder = ( { mac }: { mac: string | null } ) => ! mac?.startsWith( `${ vault.kid }.` );
	for ( const row of await db.selectFrom( 'servers' ).selectAll().execute() ) {
		if ( row.mac && isOlder( row ) && isGenuineServer( vault, row ) ) {
			const renewed = { mac: serverMac( vault, row ) };
			// one that was changed meanwhile has a newer proof
			await db
				.updateTable( 'servers' )
				.set( renewed )
				.where( 'id', '=', row.id )
				.where( 'mac', '=', row.mac )
				.execute();
		}
	}
	for ( const row of await db.selectFrom( 'sites' ).selectAll().execute() ) {
		if ( row.mac && isOlder( row ) && isGenuineSite( vault, row ) ) {
			const renewed = { mac: siteMac( vault, row ) };
			await db
				.updateTable( 'sites' )
				.set( renewed )
				.where( 'id', '=', row.id )
				.where( 'mac', '=', row.mac )
				.execute();
		}
	}
	for ( const row of await db.selectFrom( 'auditHeads' ).selectAll().execute() ) {
		if ( isOlder( row ) && isGenuineHead( vault, row ) ) {
			const renewed = { mac: headMac( vault, row ) };
			await db
				.updateTable( 'auditHeads' )
				.set( renewed )
				.where( 'siteId', '=', row.siteId )
				.where( 'mac', '=', row.mac )
				.execute();
		}
	}
	for ( const row of await db.selectFrom( 'jobs' ).selectAll().execute() ) {
		if ( row.mac && isOlder( row ) && isGenuineJob( vault, row ) ) {
			await db
				.updateTable( 'jobs' )
				.set( { mac: jobMac( vault, row ) } )
				.where( 'id', '=', row.id )
				.where( 'mac', '=', row.mac )
				.execute();
		}
	}
}
