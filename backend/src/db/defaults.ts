import { randomUUID } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { Secret } from '../vault/secret.ts';
import { defaultPasswordOf } from './places.ts';
import type { SecretStore } from './secrets.ts';
import type { Db, DefaultSettings, DefaultsTable } from './tables.ts';

export type Defaults = Selectable< DefaultsTable >;

/** The newest default credentials of a site. */
export function defaultsOf( db: Db, siteId: string ): Promise< Defaults | undefined > {
	return db
		.selectFrom( 'defaults' )
		.selectAll()
		.where( 'site_id', '=', siteId )
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
	const row = {
		id: randomUUID(),
		site_id: siteId,
		version: ( last?.version ?? 0 ) + 1,
		at: new Date(),
		by,
	};
	await tx
		.insertInto( 'defaults' )
		.values( { ...row, settings: JSON.stringify( settings ) } )
		.execute();
	await secrets.save( tx, defaultPasswordOf( { ...row, settings } ), password );
	if ( last ) {
		await secrets.remove( tx, { table: 'defaults', id: last.id } );
	}
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
				.onRef( 'settings.site_id', '=', 'servers.site_id' )
				.onRef( 'settings.server_id', '=', 'servers.server_id' )
				.onRef( 'settings.version', '=', 'servers.installed_version' )
		)
		.select( 'settings.defaults_version' )
		.where( 'servers.site_id', '=', siteId )
		.where( 'settings.defaults_version', 'is not', null )
		.execute();
	return {
		servers: rows.length,
		withOlderValues: rows.filter( ( row ) => Number( row.defaults_version ) < version ).length,
	};
}
