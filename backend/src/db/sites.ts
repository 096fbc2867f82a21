import { createHash, randomUUID } from 'node:crypto';
import type { Selectable } from 'kysely';
import { GatewayError } from '../errors.ts';
import type { Vault } from '../vault/vault.ts';
import { isGenuineSite, siteMac } from './genuine.ts';
import { isSameAddress } from './same-address.ts';
import type { Db, SiteTable, Tx } from './tables.ts';

export type Site = Selectable< SiteTable >;

/** A key that nobody rotates ends after so long; the plugin rotates it after two thirds of that. */
const keyLivesMs = 90 * 86_400_000;
export const keyEnd = ( now: number ): Date => new Date( now + keyLivesMs );

const keyIdOf = ( publicKey: string ) =>
	createHash( 'sha256' ).update( Buffer.from( publicKey, 'base64' ) ).digest( 'base64url' ).slice( 0, 22 );

/**
 * Registers a site by its public key (raw Ed25519, base64). The same key again is the same site, at its new address.
 * Errors: site_revoked: a key that was replaced or revoked lives never again.
 */
export async function addSite(
	db: Db,
	vault: Vault,
	{ publicKey, url, name, now }: { publicKey: string; url: string; name: string; now: number }
): Promise< Site > {
	const keyId = keyIdOf( publicKey );
	await refuseRetired( db, keyId );
	const known = await db.selectFrom( 'sites' ).selectAll().where( 'keyId', '=', keyId ).executeTakeFirst();
	if ( known ) {
		if ( known.revokedAt !== null || ! isGenuineSite( vault, known ) ) {
			throw new GatewayError( 'site_revoked' );
		}
		return changeSite( db, vault, known, { url, name, pairedAt: new Date( now ), keyExpiresAt: keyEnd( now ) } );
	}
	const row = {
		...{ id: randomUUID(), keyId, publicKey, url, revokedAt: null },
		...{ keyExpiresAt: keyEnd( now ), customersMayUseIncluded: false },
	};
	return db
		.insertInto( 'sites' )
		.values( { ...row, name, pairedAt: new Date( now ), mac: siteMac( vault, row ) } )
		.returningAll()
		.executeTakeFirstOrThrow();
}

async function refuseRetired( db: Db, keyId: string ): Promise< void > {
	const retired = await db
		.selectFrom( 'retiredKeys' )
		.select( 'keyId' )
		.where( 'keyId', '=', keyId )
		.executeTakeFirst();
	if ( retired ) {
		throw new GatewayError( 'site_revoked' );
	}
}

async function retire( db: Db, { id, keyId }: Site ): Promise< void > {
	await db
		.insertInto( 'retiredKeys' )
		.values( { keyId, siteId: id, at: new Date() } )
		.onConflict( ( conflict ) => conflict.doNothing() )
		.execute();
}

/**
 * Changes a site's row as it is now, with the proof that it was us: it may have been changed since it was read.
 * Errors: record_not_genuine; site_revoked, for who came with a key that was replaced or ended meanwhile.
 */
async function changeSite(
	db: Db,
	vault: Vault,
	{ id, keyId, revokedAt }: Site,
	change: Partial< Site >
): Promise< Site > {
	const now = await db.selectFrom( 'sites' ).selectAll().where( 'id', '=', id ).forUpdate().executeTakeFirstOrThrow();
	if ( ! isGenuineSite( vault, now ) ) {
		throw new GatewayError( 'record_not_genuine', { record: 'sites' } );
	}
	if ( now.keyId !== keyId || ( now.revokedAt !== null && revokedAt === null ) ) {
		throw new GatewayError( 'site_revoked' );
	}
	const next = { ...now, ...change };
	return db
		.updateTable( 'sites' )
		.set( { ...change, mac: siteMac( vault, next ) } )
		.where( 'id', '=', id )
		.returningAll()
		.executeTakeFirstOrThrow();
}

/** Gives a known site another key, and keeps all that is its own. The former key is good for nothing from now on. */
export async function giveNewKey(
	db: Db,
	vault: Vault,
	site: Site,
	{ publicKey, now, ...again }: { publicKey: string; now: number; name?: string; pairedAt?: Date }
): Promise< Site > {
	const keyId = keyIdOf( publicKey );
	await refuseRetired( db, keyId );
	await retire( db, site );
	const change = { keyId, publicKey, ...again, keyExpiresAt: keyEnd( now ) };
	return changeSite( db, vault, site, change );
}

/** Ends a site: its key signs nothing any more, its jobs are not begun, and its secrets are deleted. */
export async function revokeSite( db: Db, vault: Vault, site: Site ): Promise< void > {
	await retire( db, site );
	await changeSite( db, vault, site, { revokedAt: new Date() } );
	await db.deleteFrom( 'secrets' ).where( 'tableName', '=', 'sites' ).where( 'rowId', '=', site.id ).execute();
	for ( const table of [ 'servers', 'settings', 'accounts', 'jobs', 'alertChannels' ] as const ) {
		await db
			.deleteFrom( 'secrets' )
			.where( 'tableName', '=', table === 'alertChannels' ? 'alert_channels' : table )
			.where( 'rowId', 'in', ( query ) =>
				query
					.selectFrom( table )
					.select( ( { cast, ref } ) => cast< string >( ref( 'id' ), 'text' ).as( 'id' ) )
					.where( 'siteId', '=', site.id )
			)
			.execute();
	}
}

/** After `at` its key signs nothing any more; Pair Again gives it another one. null: never. */
export async function letKeyExpire( db: Db, vault: Vault, site: Site, at: Date | null ): Promise< void > {
	await changeSite( db, vault, site, { keyExpiresAt: at } );
}

/** A site's row, held until the transaction ends. */
export function holdSite( tx: Tx, id: string ): Promise< Site > {
	return tx.selectFrom( 'sites' ).selectAll().where( 'id', '=', id ).forUpdate().executeTakeFirstOrThrow();
}

/** Every site, the newest first. */
export function allSites( db: Db ): Promise< Site[] > {
	return db.selectFrom( 'sites' ).selectAll().orderBy( 'pairedAt', 'desc' ).execute();
}

export const isExpired = ( { keyExpiresAt: at }: Pick< Site, 'keyExpiresAt' >, now: number ): boolean =>
	at !== null && at.getTime() <= now;

/** A row that we did not write is that of no site. */
export async function siteByKey( db: Db, vault: Vault, keyId: string ): Promise< Site | undefined > {
	const row = await db.selectFrom( 'sites' ).selectAll().where( 'keyId', '=', keyId ).executeTakeFirst();
	return row && isGenuineSite( vault, row ) ? row : undefined;
}

/** Public keys (raw, base64) of those among the key ids that are paired. */
export async function publicKeys( db: Db, vault: Vault, keyIds: readonly string[] ): Promise< Map< string, string > > {
	const rows = await db.selectFrom( 'sites' ).selectAll().where( 'keyId', 'in', keyIds ).execute();
	return new Map(
		rows.filter( ( row ) => isGenuineSite( vault, row ) ).map( ( row ) => [ row.keyId, row.publicKey ] )
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

/** Errors: site_address_taken, where another site is paired as that address, whose servers would be told as this one's. */
export async function moveSite( db: Db, vault: Vault, site: Site, url: string ): Promise< void > {
	const isTaken = ( await allSites( db ) ).some(
		( other ) =>
			other.id !== site.id &&
			other.revokedAt === null &&
			! isExpired( other, Date.now() ) &&
			isSameAddress( other.url, url )
	);
	if ( isTaken ) {
		throw new GatewayError( 'site_address_taken' );
	}
	await changeSite( db, vault, site, { url } );
}

/** Whether customers may use the default account without being shown it. */
export async function letCustomersUseIncluded( db: Db, vault: Vault, site: Site, mayUse: boolean ): Promise< void > {
	await changeSite( db, vault, site, { customersMayUseIncluded: mayUse } );
}
