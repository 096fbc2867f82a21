import { sql, type RawBuilder } from 'kysely';
import type { Db } from '../db/tables.ts';
import type { SearchedLog } from './searched-log.ts';

/** The numbers of the users of that name, by log; a user without a name is shown by number. */
export async function logsWithUser(
	db: Db,
	logs: readonly SearchedLog[],
	name: string
): Promise< ReadonlyMap< number, readonly number[] > > {
	const named = await db.selectFrom( 'mailUsers' ).select( [ 'log', 'uid' ] ).where( 'name', '=', name ).execute();
	const number = /^\d{1,10}$/.test( name ) ? [ Number( name ) ] : [];
	return new Map(
		logs
			.map(
				( { log } ) =>
					[
						log,
						[ ...number, ...named.filter( ( one ) => one.log === log ).map( ( { uid } ) => uid ) ],
					] as const
			)
			.filter( ( [ , uids ] ) => uids.length > 0 )
	);
}

/** Rows of those users; null: of any. */
export function ofUser( users: ReadonlyMap< number, readonly number[] > | null ): RawBuilder< unknown >[] {
	if ( users === null ) {
		return [];
	}
	const pairs = [ ...users ].flatMap( ( [ log, uids ] ) => uids.map( ( uid ) => ( { log, uid } ) ) );
	const uids = `{${ [ ...new Set( pairs.map( ( { uid } ) => uid ) ) ].join( ',' ) }}`;
	return [
		sql`m.uid = any(${ uids }::bigint[])`,
		sql`(m.log, m.uid) in (
			select p.log, p.uid from json_to_recordset(${ JSON.stringify( pairs ) }::json) as p(log integer, uid bigint)
		)`,
	];
}
