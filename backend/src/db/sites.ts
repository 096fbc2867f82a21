import { createHash, randomUUID } from 'node:crypto';
import type { Selectable } from 'kysely';
import { GatewayError } from '../errors.ts';
import type { Vault } from '../vault/vault.ts';
import { isGenuineSite, siteMac } from './genuine.ts';
import type { Db, SiteTable } from './tables.ts';

export type Site = Selectable< SiteTable >;

const keyIdOf = ( publicKey: string ) =>
	createHash( 'sha256' ).update( Buffer.from( publicKey, 'base64' ) ).digest( 'base64url' ).slice( 0, 22 );

/** Registers a site by its public key (raw Ed25519, base64). The same key again is the same site, at its new address. */
export async function addSite(
	db: Db,
	vault: Vault,
	{ publicKey, url, name }: { publicKey: string; url: string; name: string }
): Promise< Site > {
	const keyId = keyIdOf( publicKey );
	const known = await siteByKey( db, vault, keyId );
	const row = {
		...{ id: known?.id ?? randomUUID(), key_id: keyId, public_key: publicKey, url, revoked_at: null },
		...{ key_expires_at: null, customers_may_use_included: known?.customers_may_use_included ?? false },
	};
	const proved = { ...row, name, paired_at: new Date(), mac: siteMac( vault, row ) };
	return db
		.insertInto( 'sites' )
		.values( proved )
		.onConflict( ( conflict ) => conflict.column( 'key_id' ).doUpdateSet( proved ) )
		.returningAll()
		.executeTakeFirstOrThrow();
}

/** Changes a site's row, with the proof that it was us. */
async function changeSite( db: Db, vault: Vault, site: Site, change: Partial< Site > ): Promise< Site > {
	const next = { ...site, ...change };
	return db
		.updateTable( 'sites' )
		.set( { ...change, mac: siteMac( vault, next ) } )
		.where( 'id', '=', site.id )
		.returningAll()
		.executeTakeFirstOrThrow();
}

/** Gives a known site another key, and keeps all that is its own. The former key is good for nothing from now on. */
export function giveNewKey(
	db: Db,
	vault: Vault,
	site: Site,
	{ publicKey, name }: { publicKey: string; name: string }
): Promise< Site > {
	const change = { key_id: keyIdOf( publicKey ), public_key: publicKey, name, paired_at: new Date() };
	return changeSite( db, vault, site, change );
}

/** A row that we did not write is that of no site. */
export async function siteByKey( db: Db, vault: Vault, keyId: string ): Promise< Site | undefined > {
	const row = await db.selectFrom( 'sites' ).selectAll().where( 'key_id', '=', keyId ).executeTakeFirst();
	return row && isGenuineSite( vault, row ) ? row : undefined;
}

/** Public keys (raw, base64) of those among the key ids that are paired. */
export async function publicKeys( db: Db, vault: Vault, keyIds: readonly string[] ): Promise< Map< string, string > > {
	const rows = await db.selectFrom( 'sites' ).selectAll().where( 'key_id', 'in', keyIds ).execute();
	return new Map(
		rows.filter( ( row ) => isGenuineSite( vault, row ) ).map( ( row ) => [ row.key_id, row.public_key ] )
	);
}

/** Errors: record_not_genuine. */
export async function siteById( db: Db, vault: Vault, id: string ): Promise< Site > {
	const row = await db.selectFrom( 'sites' ).selectAll().where( 'id', '=', id ).executeTakeFirstOrThrow();
	if ( ! isGenuineSite( vault, row ) ) {
		throw new GatewayError( 'record_not_genuine', { record: 'sites' } );
	}
	return row;
}

export async function moveSite( db: Db, vault: Vault, site: Site, url: string ): Promise< void > {
	await changeSite( db, vault, site, { url } );
}

/** Whether customers may use the defaults without being shown them. */
export async function letCustomersUseIncluded( db: Db, vault: Vault, site: Site, mayUse: boolean ): Promise< void > {
	await changeSite( db, vault, site, { customers_may_use_included: mayUse } );
}
