import { sql, type Selectable } from 'kysely';
import type { Hush, Thread } from '../incidents/thread.ts';
import type { AlertHushTable } from './alert-tables.ts';
import { json, type Db, type Tx } from './tables.ts';

export type HushRow = Selectable< AlertHushTable >;

/** Sites with trouble, or with trouble that was told and has not been told to be over. */
export async function sitesToTell( db: Db ): Promise< string[] > {
	const { rows } = await sql< { siteId: string } >`
		select t.site_id from (
			select site_id from incidents where ended_at is null union select site_id from alert_threads
		) t join sites s on s.id = t.site_id
		where s.revoked_at is null and (s.key_expires_at is null or s.key_expires_at > now())
	`.execute( db );
	return rows.map( ( { siteId } ) => siteId );
}

/** Until the transaction ends nobody else tells of this site; false where somebody does. */
export async function holdTelling( tx: Tx, siteId: string ): Promise< boolean > {
	const { rows } = await sql< { held: boolean } >`
		select pg_try_advisory_xact_lock(hashtextextended(${ `tell ${ siteId }` }, 0)) as held
	`.execute( tx );
	return rows[ 0 ]?.held === true;
}

/** What was told to whom, by viewer and key. */
export async function threadsOf( db: Db, siteId: string ): Promise< Map< string, Thread > > {
	const rows = await db.selectFrom( 'alertThreads' ).selectAll().where( 'siteId', '=', siteId ).execute();
	return new Map( rows.map( ( { viewer, key, thread } ) => [ `${ viewer } ${ key }`, thread ] ) );
}

export async function keepThread(
	tx: Tx,
	of: { siteId: string; viewer: number; key: string },
	thread: Thread | null
): Promise< void > {
	if ( thread === null ) {
		await tx
			.deleteFrom( 'alertThreads' )
			.where( 'siteId', '=', of.siteId )
			.where( 'viewer', '=', of.viewer )
			.where( 'key', '=', of.key )
			.execute();
		return;
	}
	await tx
		.insertInto( 'alertThreads' )
		.values( { ...of, thread: json( thread ) } )
		.onConflict( ( conflict ) =>
			conflict.columns( [ 'siteId', 'viewer', 'key' ] ).doUpdateSet( { thread: json( thread ) } )
		)
		.execute();
}

/** What people said, by key. */
export async function hushesOf( db: Db, siteId: string ): Promise< Map< string, HushRow > > {
	const rows = await db.selectFrom( 'alertHushes' ).selectAll().where( 'siteId', '=', siteId ).execute();
	return new Map( rows.map( ( row ) => [ row.key, row ] ) );
}

export const hushOf = ( row: HushRow | undefined ): Hush => ( {
	acknowledgedAt: row?.acknowledgedAt?.toISOString() ?? null,
	mutedUntil: row?.mutedUntil?.toISOString() ?? null,
} );

export async function keepHush(
	tx: Tx,
	of: { siteId: string; key: string },
	said: Partial< Omit< HushRow, 'siteId' | 'key' > >
): Promise< void > {
	await tx
		.insertInto( 'alertHushes' )
		.values( { ...of, acknowledgedAt: null, acknowledgedBy: null, mutedUntil: null, ...said } )
		.onConflict( ( conflict ) => conflict.columns( [ 'siteId', 'key' ] ).doUpdateSet( said ) )
		.execute();
}
