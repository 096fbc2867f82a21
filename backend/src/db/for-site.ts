import { GatewayError } from '../errors.ts';
import type { Site } from './sites.ts';
import type { Db, Tx } from './tables.ts';

/**
 * Does what a site asked for in one transaction, during which its pairing cannot end: whatever ends it waits, and then
 * deletes what was saved here, too. What changes the site itself needs none of this (see changeSite in sites.ts).
 * Errors: site_revoked, where the pairing ended after the request was recognised.
 */
export function forSite< Result >(
	db: Db,
	{ id }: Pick< Site, 'id' >,
	act: ( tx: Tx ) => Promise< Result >
): Promise< Result > {
	return db.transaction().execute( async ( tx ) => {
		const now = await tx
			.selectFrom( 'sites' )
			.select( 'revokedAt' )
			.where( 'id', '=', id )
			.forShare()
			.executeTakeFirstOrThrow();
		if ( now.revokedAt !== null ) {
			throw new GatewayError( 'site_revoked' );
		}
		return act( tx );
	} );
}
