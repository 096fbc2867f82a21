import type { Selectable } from 'kysely';
import { GatewayError } from '../errors.ts';
import type { AccountTable } from './account-tables.ts';
import type { Db, Tx } from './tables.ts';

/** An account at a provider, kept once for a whole site. */
export type Account = Selectable< AccountTable >;

const of = ( db: Db, siteId: string ) => db.selectFrom( 'accounts' ).selectAll().where( 'siteId', '=', siteId );

/** Of a site: the default first, then by name. */
export const accountsOf = ( db: Db, siteId: string ): Promise< Account[] > =>
	of( db, siteId ).orderBy( 'isDefault', 'desc' ).orderBy( 'name' ).execute();

/** What new servers are offered; undefined: there is none. */
export const defaultAccountOf = ( db: Db, siteId: string ): Promise< Account | undefined > =>
	of( db, siteId ).where( 'isDefault', '=', true ).executeTakeFirst();

/** Errors: not_found, also for one of another site. */
export async function accountOf( db: Db, { siteId, id }: { siteId: string; id: string } ): Promise< Account > {
	const account = await of( db, siteId ).where( 'id', '=', id ).executeTakeFirst();
	if ( ! account ) {
		throw new GatewayError( 'not_found' );
	}
	return account;
}

/** What its provider let in or took, where it was not saved anew since: `version` is the one that was tried. */
export async function noteProved(
	tx: Tx | Db,
	{ siteId, id, version, by }: { siteId: string; id: string; version: number; by: 'sign_in' | 'test_email' }
): Promise< void > {
	await tx
		.updateTable( 'accounts' )
		.set( { provedAt: new Date(), provedBy: by } )
		.where( 'siteId', '=', siteId )
		.where( 'id', '=', id )
		.where( 'version', '=', version )
		.execute();
}
