import { GatewayError } from '../errors.ts';
import type { Site } from './sites.ts';
import type { Db, Tx } from './tables.ts';

/**
 * Does what a site asked for in one transaction, during which its pairing cannot end: whatever ends it waits, and then
 * deletes what was saved here, too. What changes the site itself needs none of this (see changeSite in sites.ts).
 * Errors: site_revoked, where the pairing ended after the request was recognised.
 */
export const forSite = < Result >(
	db: Db,
	site: Pick< Site, 'id' >,
	act: ( tx: Tx ) => Promise< Result >
): Promise< Result > => within( db, site, { alone: false, act } );

/** The same, one at a time: for what is compared with the rest of a site's before it is written. */
export const forSiteAlone = < Result >(
	db: Db,
	site: Pick< Site, 'id' >,
	act: ( tx: Tx ) => Promise< Result >
): Promise< Result > => within( db, site, { alone: true, act } );

function within< Result >(
	db: Db,
	{ id }: Pick< Site, 'id' >,
	{ alone, act }: { alone: boolean; act: ( tx: Tx ) => Promise< Result > }
): Promise< Result > {
	return db.transaction().execute( async ( tx ) => {
		const row = tx.selectFrom( 'sites' ).select( 'revokedAt' ).where( 'id', '=', id );
		const { revokedAt } = await ( alone ? row.forUpdate() : row.forShare() ).executeTakeFirstOrThrow();
		if ( revokedAt !== null ) {
			throw new GatewayError( 'site_revoked' );
		}
		return act( tx );
	} );
}
