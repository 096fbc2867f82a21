import { sql } from 'kysely';
import type { Secret } from '../vault/secret.ts';
import { GatewayError, isFailure } from '../errors.ts';
import type { Field, Place, Sealed, Vault } from '../vault/vault.ts';
import { placeOf } from './places.ts';
import { renewMacs } from './renew-macs.ts';
import { json, type Db } from './tables.ts';

/** Secrets of one row: opened only where a worker needs them. */
export interface SecretStore {
	save( db: Db, place: Place, secret: Secret ): Promise< void >;
	/**
	 * null: there is none. Errors: record_not_genuine, where the row that it belongs to was not left as we wrote it; an
	 * Error for a master key that is not there.
	 */
	read( db: Db, place: Place ): Promise< Secret | null >;
	has( db: Db, field: Field ): Promise< boolean >;
	/** Takes a secret along to where its row may be sent from now on. Errors: as `read`. */
	rebind( db: Db, from: Place, to: Place ): Promise< void >;
	/** All fields of a row, or the given one. */
	remove( db: Db, place: Omit< Field, 'field' > & { field?: string } ): Promise< void >;
	/** Seals with the newest master key whatever an older one sealed, while jobs go on. Resolves with how many those were. */
	reseal( db: Db ): Promise< number >;
}

export function makeSecretStore( vault: Vault ): SecretStore {
	const find = ( db: Db, { table, id, field }: Field ) =>
		db
			.selectFrom( 'secrets' )
			.select( 'sealed' )
			.where( 'tableName', '=', table )
			.where( 'rowId', '=', id )
			.where( 'field', '=', field )
			.executeTakeFirst();
	const open = ( sealed: Sealed, place: Place ) => {
		try {
			return vault.open( sealed, place );
		} catch ( error ) {
			throw vault.knows( sealed ) ? new GatewayError( 'record_not_genuine', { record: place.table } ) : error;
		}
	};
	/** null: nothing will ever open it, or it was sealed anew meanwhile. Errors: an Error for a master key that is not there. */
	const openIfGenuine = ( sealed: Sealed, place: Place ) => {
		try {
			return open( sealed, place );
		} catch ( error ) {
			if ( isFailure( error ) ) {
				return null;
			}
			throw error;
		}
	};
	return {
		async save( db, place, secret ) {
			const sealed = json( vault.seal( secret, place ) );
			await db
				.insertInto( 'secrets' )
				.values( { tableName: place.table, rowId: place.id, field: place.field, sealed } )
				.onConflict( ( conflict ) =>
					conflict.columns( [ 'tableName', 'rowId', 'field' ] ).doUpdateSet( { sealed } )
				)
				.execute();
		},
		async read( db, place ) {
			const row = await find( db, place );
			return row ? open( row.sealed, place ) : null;
		},
		async rebind( db, from, to ) {
			const row = await find( db, from );
			if ( row ) {
				await this.save( db, to, open( row.sealed, from ) );
			}
		},
		async has( db, field ) {
			return ( await find( db, field ) ) !== undefined;
		},
		async remove( db, { table, id, field } ) {
			let query = db.deleteFrom( 'secrets' ).where( 'tableName', '=', table ).where( 'rowId', '=', id );
			if ( field !== undefined ) {
				query = query.where( 'field', '=', field );
			}
			await query.execute();
		},
		async reseal( db ) {
			const rows = await db.selectFrom( 'secrets' ).selectAll().execute();
			const older = rows.filter( ( { sealed } ) => sealed.kid !== vault.kid );
			for ( const { tableName: table, rowId: id, field, sealed } of older ) {
				const place = await placeOf( db, { table, id, field } );
				const secret = place && openIfGenuine( sealed, place );
				if ( ! secret ) {
					continue;
				}
				await db
					.updateTable( 'secrets' )
					.set( { sealed: json( vault.seal( secret, place ) ) } )
					.where( 'tableName', '=', table )
					.where( 'rowId', '=', id )
					.where( 'field', '=', field )
					// one that was typed anew meanwhile is not replaced by the one before
					.where( sql`sealed->>'iv'`, '=', sealed.iv )
					.execute();
			}
			await renewMacs( db, vault );
			return older.length;
		},
	};
}
