import { createHash, randomUUID } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { Db, SiteTable } from './tables.ts';

export type Site = Selectable< SiteTable >;

const keyIdOf = ( publicKey: string ) =>
	createHash( 'sha256' ).update( Buffer.from( publicKey, 'base64' ) ).digest( 'base64url' ).slice( 0, 22 );

/** Registers a site by its public key (raw Ed25519, base64). The same key again is the same site, at its new address. */
export async function addSite(
	db: Db,
	{ publicKey, url, name }: { publicKey: string; url: string; name: string }
): Promise< Site > {
	const keyId = keyIdOf( publicKey );
	const now = new Date();
	return db
		.insertInto( 'sites' )
		.values( { id: randomUUID(), key_id: keyId, public_key: publicKey, url, name, paired_at: now } )
		.onConflict( ( conflict ) =>
			conflict.column( 'key_id' ).doUpdateSet( { url, name, paired_at: now, revoked_at: null } )
		)
		.returningAll()
		.executeTakeFirstOrThrow();
}

/** Gives a known site another key, and keeps all that is its own. The former key is good for nothing from now on. */
export function giveNewKey(
	db: Db,
	id: string,
	{ publicKey, name }: { publicKey: string; name: string }
): Promise< Site > {
	return db
		.updateTable( 'sites' )
		.set( { key_id: keyIdOf( publicKey ), public_key: publicKey, name, paired_at: new Date() } )
		.where( 'id', '=', id )
		.returningAll()
		.executeTakeFirstOrThrow();
}

export function siteByKey( db: Db, keyId: string ): Promise< Site | undefined > {
	return db.selectFrom( 'sites' ).selectAll().where( 'key_id', '=', keyId ).executeTakeFirst();
}

/** Public keys (raw, base64) of those among the key ids that are paired. */
export async function publicKeys( db: Db, keyIds: readonly string[] ): Promise< Map< string, string > > {
	const rows = await db
		.selectFrom( 'sites' )
		.select( [ 'key_id', 'public_key' ] )
		.where( 'key_id', 'in', keyIds )
		.execute();
	return new Map( rows.map( ( row ) => [ row.key_id, row.public_key ] ) );
}

export function siteById( db: Db, id: string ): Promise< Site > {
	return db.selectFrom( 'sites' ).selectAll().where( 'id', '=', id ).executeTakeFirstOrThrow();
}

export async function moveSite( db: Db, id: string, url: string ): Promise< void > {
	await db.updateTable( 'sites' ).set( { url } ).where( 'id', '=', id ).execute();
}

/** Whether customers may use the defaults without being shown them. */
export async function letCustomersUseIncluded( db: Db, id: string, mayUse: boolean ): Promise< void > {
	await db.updateTable( 'sites' ).set( { customers_may_use_included: mayUse } ).where( 'id', '=', id ).execute();
}
