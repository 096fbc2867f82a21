import type { Secret } from '../vault/secret.ts';
import type { Place, Vault } from '../vault/vault.ts';
import type { Db } from './tables.ts';

/** Secrets of one row: opened only where a worker needs them. */
export interface SecretStore {
	save( db: Db, place: Place, secret: Secret ): Promise< void >;
	read( db: Db, place: Place ): Promise< Secret | null >;
	has( db: Db, place: Place ): Promise< boolean >;
	/** All fields of a row, or the given one. */
	remove( db: Db, place: Omit< Place, 'field' > & { field?: string } ): Promise< void >;
}

export function makeSecretStore( vault: Vault ): SecretStore {
	const find = ( db: Db, { table, id, field }: Place ) =>
		db
			.selectFrom( 'secrets' )
			.select( 'sealed' )
			.where( 'table_name', '=', table )
			.where( 'row_id', '=', id )
			.where( 'field', '=', field )
			.executeTakeFirst();
	return {
		async save( db, place, secret ) {
			const sealed = JSON.stringify( vault.seal( secret, place ) );
			await db
				.insertInto( 'secrets' )
				.values( { table_name: place.table, row_id: place.id, field: place.field, sealed } )
				.onConflict( ( conflict ) =>
					conflict.columns( [ 'table_name', 'row_id', 'field' ] ).doUpdateSet( { sealed } )
				)
				.execute();
		},
		async read( db, place ) {
			const row = await find( db, place );
			return row ? vault.open( row.sealed, place ) : null;
		},
		async has( db, place ) {
			return ( await find( db, place ) ) !== undefined;
		},
		async remove( db, { table, id, field } ) {
			let query = db.deleteFrom( 'secrets' ).where( 'table_name', '=', table ).where( 'row_id', '=', id );
			if ( field !== undefined ) {
				query = query.where( 'field', '=', field );
			}
			await query.execute();
		},
	};
}
