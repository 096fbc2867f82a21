import { sql } from 'kysely';
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
	/** Seals with the newest master key whatever an older one sealed, while jobs go on. Resolves with how many those were. */
	reseal( db: Db ): Promise< number >;
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
		async reseal( db ) {
			const rows = await db.selectFrom( 'secrets' ).selectAll().execute();
			const older = rows.filter( ( { sealed } ) => sealed.kid !== vault.kid );
			for ( const { table_name: table, row_id: id, field, sealed } of older ) {
				const place = { table, id, field };
				await db
					.updateTable( 'secrets' )
					.set( { sealed: JSON.stringify( vault.seal( vault.open( sealed, place ), place ) ) } )
					.where( 'table_name', '=', table )
					.where( 'row_id', '=', id )
					.where( 'field', '=', field )
					// one that was typed anew meanwhile is not replaced by the one before
					.where( sql`sealed->>'iv'`, '=', sealed.iv )
					.execute();
			}
			return older.length;
		},
	};
}
