import type { App } from '../app.ts';
import { siteById, type Site } from '../db/sites.ts';
import { isFailure } from '../errors.ts';

/** A site that something else than us has changed in the database is told nothing: null, and said in the log. */
export async function genuineSite(
	{ db, vault, log }: Pick< App, 'db' | 'vault' | 'log' >,
	siteId: string
): Promise< Site | null > {
	try {
		return await siteById( db, vault, siteId );
	} catch ( error ) {
		if ( ! isFailure( error, 'record_not_genuine' ) ) {
			throw error;
		}
		log.warn( { siteId }, 'no alerts for a site whose row was changed in the database' );
		return null;
	}
}
