import { sql } from 'kysely';
import type { Field, Place } from '../vault/vault.ts';
import type { SettingsVersion } from './settings.ts';
import type { Db } from './tables.ts';

// Where secrets lay before there were accounts: for databases of that time, while they are brought up to date.

interface FormerDefaults {
	id: string;
	siteId: string;
	version: number;
	settings: object;
}

/** Of the default credentials of a site. */
export const formerDefaultsPlace = ( { id, siteId, version, settings }: FormerDefaults ): Place => ( {
	...{ table: 'defaults', id, field: 'password' },
	boundTo: { siteId, version, settings },
} );

/** Of a version of a server's settings; `ofDefaults` is the version of the defaults that it was taken from. */
export const formerPasswordOf = (
	{
		id,
		siteId,
		serverId,
		version,
		settings,
	}: Pick< SettingsVersion, 'id' | 'siteId' | 'serverId' | 'version' | 'settings' >,
	ofDefaults: number | null
): Place => ( {
	...{ table: 'settings', id, field: 'password' },
	boundTo: { siteId, serverId, version, ofDefaults, settings },
} );

/** As placeOf, in tables of before there were accounts; undefined: it lay where it lies now. */
export async function formerPlaceOf( db: Db, { table, id }: Field ): Promise< Place | null | undefined > {
	if ( table === 'defaults' ) {
		const { rows } = await sql< FormerDefaults >`select * from defaults where id = ${ id }`.execute( db );
		return rows[ 0 ] ? formerDefaultsPlace( rows[ 0 ] ) : null;
	}
	if ( table === 'settings' ) {
		const { rows } = await sql<
			SettingsVersion & { defaultsVersion: number | null }
		>`select * from settings where id = ${ id }`.execute( db );
		return rows[ 0 ] ? formerPasswordOf( rows[ 0 ], rows[ 0 ].defaultsVersion ) : null;
	}
	return undefined;
}
