import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from '../logger.ts';
import type { Vault } from '../vault/vault.ts';
import { jobMac, serverMac, siteMac } from './genuine.ts';
import { formerPlaceOf } from './former-places.ts';
import { placeOf } from './places.ts';
import { keyEnd } from './sites.ts';
import { json, type Db } from './tables.ts';

/**
 * Binds and proves what a release before 0.2.0 kept, as it is now: nobody can tell who wrote it. That is why it happens
 * once, in the transaction that adds the columns, and never again (`refuseSecondTakeOver`). Whatever does not open, as
 * nothing did before, stays as it is.
 */
export async function takeOver( db: Db, vault: Vault ): Promise< void > {
	for ( const { tableName: table, rowId: id, field, sealed } of await db
		.selectFrom( 'secrets' )
		.selectAll()
		.execute() ) {
		const former = await formerPlaceOf( db, { table, id, field } );
		const place = former === undefined ? await placeOf( db, { table, id, field } ) : former;
		if ( place && vault.knows( sealed ) ) {
			await db
				.updateTable( 'secrets' )
				.set( {
					sealed: json( vault.seal( vault.openUnbound( sealed, { table, id, field } ), place ) ),
				} )
				.where( 'tableName', '=', table )
				.where( 'rowId', '=', id )
				.where( 'field', '=', field )
				.execute();
		}
	}
	for ( const row of await db.selectFrom( 'servers' ).selectAll().execute() ) {
		await db
			.updateTable( 'servers' )
			.set( { mac: serverMac( vault, row ) } )
			.where( 'id', '=', row.id )
			.execute();
	}
	const end = keyEnd( Date.now() );
	for ( const row of await db.selectFrom( 'sites' ).selectAll().execute() ) {
		await db
			.updateTable( 'sites' )
			.set( { keyExpiresAt: end, mac: siteMac( vault, { ...row, keyExpiresAt: end } ) } )
			.where( 'id', '=', row.id )
			.execute();
	}
	for ( const row of await db.selectFrom( 'jobs' ).selectAll().execute() ) {
		await db
			.updateTable( 'jobs' )
			.set( { mac: jobMac( vault, row ) } )
			.where( 'id', '=', row.id )
			.execute();
	}
}

/** Where a data folder remembers that its backend has used a database with proofs. */
export const marker = ( dataDir: string ) => join( dataDir, 'database-has-proofs' );

/**
 * Who can write to the database could undo the migration, put old rows back and have them taken over at the next start.
 * So each data folder remembers, outside of the database, that its backend has used one with proofs.
 * Errors: an Error that says what to do where an old database was restored on purpose.
 */
export function refuseSecondTakeOver( dataDir: string, what: 'proofs' | 'audit' ): void {
	const path = marker( dataDir );
	if ( existsSync( path ) && ( what === 'proofs' || readFileSync( path, 'utf8' ).includes( what ) ) ) {
		throw new Error(
			`The database is of a release before 0.2.0, but this backend has used a newer one. If you restored a copy of it, delete ${ path } and start again.`
		);
	}
}

/** A process that only works on PostgreSQL may have no folder of its own: then others remember. */
export function rememberProofs( dataDir: string, log: Logger ): void {
	try {
		mkdirSync( dataDir, { recursive: true, mode: 0o700 } );
		writeFileSync( marker( dataDir ), 'audit\n', { mode: 0o600 } );
	} catch ( error ) {
		log.warn( { err: error }, 'the data folder cannot be written to' );
	}
}
