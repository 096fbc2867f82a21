import { sql } from 'kysely';
import { formerDefaultsPlace, formerPasswordOf } from '../src/db/former-places.ts';
import { accountPassword, passwordOf } from '../src/db/places.ts';
import { makeSecretStore } from '../src/db/secrets.ts';
import { json, type Db } from '../src/db/tables.ts';
import type { Vault } from '../src/vault/vault.ts';

/** Gives a copy the default credentials as a release without accounts kept them: a row of its own table, sealed to it. */
export async function giveDefaults( copy: Db, from: Db, vault: Vault ): Promise< void > {
	const secrets = makeSecretStore( vault );
	await copy.deleteFrom( 'secrets' ).where( 'tableName', '=', 'accounts' ).execute();
	for ( const account of await from.selectFrom( 'accounts' ).selectAll().where( 'isDefault', '=', true ).execute() ) {
		const { id, siteId, version, settings, at, by } = account;
		await sql`insert into defaults (id, site_id, version, settings, at, by)
			values (${ id }, ${ siteId }, ${ version }, ${ json( settings ) }, ${ at }, ${ by })`.execute( copy );
		const password = await secrets.read( from, accountPassword( account ) );
		if ( password ) {
			await secrets.save( copy, formerDefaultsPlace( account ), password );
		}
	}
	for ( const row of await from.selectFrom( 'settings' ).selectAll().where( 'account', 'is not', null ).execute() ) {
		const password = await secrets.read( from, passwordOf( row ) );
		if ( password ) {
			await secrets.save( copy, formerPasswordOf( row, row.accountVersion ), password );
		}
	}
}
