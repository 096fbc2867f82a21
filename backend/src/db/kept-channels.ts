import { GatewayError } from '../errors.ts';
import type { AlertChannel } from './alert-channels.ts';
import type { Db } from './tables.ts';

/** Who keeps channels: an owner for themselves, by user id, or the site (null), for all servers or those of one owner. */
export interface Keeper {
	siteId: string;
	own: number | null;
}

/** A keeper has so many at most; those of owners take no place of the site's. */
const most = { site: 20, own: 5 };

/** In the order in which they were added. */
export function channelsKeptBy( db: Db, { siteId, own }: Keeper ): Promise< AlertChannel[] > {
	const all = db
		.selectFrom( 'alertChannels' )
		.selectAll()
		.where( 'siteId', '=', siteId )
		.where( 'own', '=', own !== null );
	return ( own === null ? all : all.where( 'owner', '=', own ) ).orderBy( 'createdAt' ).execute();
}

/** Errors: not_found, also for one that somebody else keeps. */
export async function channelKeptBy( db: Db, { id, ...keeper }: Keeper & { id: string } ): Promise< AlertChannel > {
	const channel = ( await channelsKeptBy( db, keeper ) ).find( ( one ) => one.id === id );
	if ( ! channel ) {
		throw new GatewayError( 'not_found' );
	}
	return channel;
}

/** Errors: too_many_channels, where one more is more than this keeper may have. */
export async function refuseManyChannels( db: Db, keeper: Keeper ): Promise< void > {
	const limit = keeper.own === null ? most.site : most.own;
	if ( ( await channelsKeptBy( db, keeper ) ).length >= limit ) {
		throw new GatewayError( 'too_many_channels', { most: limit } );
	}
}
