import { usualKeptDays } from '@email-gateway/shared';
import { sql, type RawBuilder } from 'kysely';
import type { Db } from '../db/tables.ts';

/** For how many days a site keeps messages in its mail logs. */
export async function keptDaysOf( db: Db, siteId: string ): Promise< number > {
	const row = await db
		.selectFrom( 'mailSettings' )
		.select( 'keptDays' )
		.where( 'siteId', '=', siteId )
		.executeTakeFirst();
	return row?.keptDays ?? usualKeptDays;
}

/** What is older goes with the next runs of `pruneMailLog`. */
export async function keepForDays( tx: Db, siteId: string, keptDays: number ): Promise< void > {
	await tx
		.insertInto( 'mailSettings' )
		.values( { siteId, addresses: 'whole', keptDays } )
		.onConflict( ( conflict ) => conflict.column( 'siteId' ).doUpdateSet( { keptDays } ) )
		.execute();
}

/** In SQL: from when on what the log of a server told is kept. `server`: a column with the id of its row. */
export const keptSince = ( server: RawBuilder< unknown >, now = new Date() ) =>
	sql< Date >`${ now }::timestamptz - make_interval( days => coalesce( (
		select kept_days from mail_settings join servers using (site_id) where servers.id = ${ server }
	), ${ usualKeptDays }::int ) )`;
