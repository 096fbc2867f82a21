import { randomUUID } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { Secret } from '../vault/secret.ts';
import { defaultPasswordOf } from './places.ts';
import type { SecretStore } from './secrets.ts';
import { json, type Db, type DefaultSettings, type DefaultsTable } from './tables.ts';

export type Defaults = Selectable< DefaultsTable >;

/** The newest default credentials of a site. */
export function defaultsOf( db: Db, siteId: string ): Promise< Defaults | undefined > {
	return db
		.selectFrom( 'defaults' )
		.selectAll()
		.where( 'siteId', '=', siteId )
		.orderBy( 'version', 'desc' )
		.limit( 1 )
		.executeTakeFirst();
}

/** Saves a new version; the password of the one before is deleted. */
export async function saveDefaults(
	tx: Db,
	secrets: SecretStore,
	{ siteId, settings, password, by }: { siteId: string; settings: DefaultSettings; password: Secret; by: string }
): Promise< void > {
	const last = await defaultsOf( tx, siteId );
	const { used } = await tx
		.selectFrom( 'settings' )
		.select( ( { fn } ) => fn.max( 'defaultsVersion' ).as( 'used' ) )
		.where( 'siteId', '=', siteId )
		.executeTakeFirstOrThrow();
	const row = {
		id: randomUUID(),
		siteId,
		// newer than any that a server has, also where those were deleted
		version: Math.max( last?.version ?? 0, used ?? 0 ) + 1,
		at: new Date(),
		by,
	};
	await tx
		.insertInto( 'defaults' )
		.values( { ...row, settings: json( settings ) } )
		.execute();
	await secrets.save( tx, defaultPasswordOf( { ...row, settings } ), password );
	if ( last ) {
		await secrets.remove( tx, { table: 'defaults', id: last.id } );
	}
}

/** Deletes every version, with its password. */
export async function deleteDefaults( tx: Db, siteId: string ): Promise< void > {
	await tx
		.deleteFrom( 'secrets' )
		.where( 'tableName', '=', 'defaults' )
		.where( 'rowId', 'in', ( query ) =>
			query
				.selectFrom( 'defaults' )
				.select( ( { cast, ref } ) => cast< string >( ref( 'id' ), 'text' ).as( 'id' ) )
				.where( 'siteId', '=', siteId )
		)
		.execute();
	await tx.deleteFrom( 'defaults' ).where( 'siteId', '=', siteId ).execute();
}

/** How many servers run with the defaults, and how many of them with values older than `version`. */
export async function defaultsUse(
	db: Db,
	siteId: string,
	version: number
): Promise< { servers: number; withOlderValues: number } > {
	const rows = await db
		.selectFrom( 'servers' )
		.innerJoin( 'settings', ( join ) =>
			join
				.onRef( 'settings.siteId', '=', 'servers.siteId' )
				.onRef( 'settings.serverId', '=', 'servers.serverId' )
				.onRef( 'settings.version', '=', 'servers.installedVersion' )
		)
		.select( 'settings.defaultsVersion' )
		.where( 'servers.siteId', '=', siteId )
		.where( 'settings.defaultsVersion', 'is not', null )
		.execute();
	return {
		servers: rows.length,
		withOlderValues: rows.filter( ( row ) => Number( row.defaultsVersion ) < version ).length,
	};
}
