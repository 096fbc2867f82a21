import { mailPageSize, type MailFilter } from '@email-gateway/shared';
import { sql, type RawBuilder } from 'kysely';
import type { Db } from '../db/tables.ts';
import type { Hash } from './addresses.ts';
import { logsWithUser, ofUser } from './of-user.ts';
import type { MailRow } from './rows.ts';
import { conditionsOf } from './search-conditions.ts';
import { searched, type SearchedLog } from './searched-log.ts';

export interface Found {
	rows: MailRow[];
	/** `before` of the next page; null after the oldest row. */
	next: string | null;
}

/** Rows of some logs, newest first. Which index serves a search best, the database knows by how rare its words are. */
export async function searchMails(
	db: Db,
	all: readonly SearchedLog[],
	{
		filter,
		before,
		size = mailPageSize,
		hash = null,
	}: { filter: MailFilter; before?: string | undefined; size?: number; hash?: Hash | null }
): Promise< Found > {
	const ofSite = filter.site ? await logsWithUser( db, all, filter.site ) : null;
	const logs = ofSite ? all.filter( ( { log } ) => ofSite.has( log ) ) : all;
	const ids = `{${ logs.map( ( { log } ) => log ).join( ',' ) }}`;
	const where = sql.join(
		[
			sql`m.log = any(${ ids }::integer[])`,
			...conditionsOf( filter, hash ),
			...ofUser( ofSite ),
			...olderThan( before ),
		],
		sql` and `
	);
	const { rows } = await sql< MailRow >`
		select m.*, r.relay, r.tls from (
			select m.* from mails m join ${ searched( logs ) } on m.log = l.log and m.at >= coalesce(l.since, '-infinity')
			where ${ where } order by m.at desc, m.queue_id desc, m.n desc limit ${ size + 1 }
		) m left join mail_routes r on r.id = m.route order by m.at desc, m.queue_id desc, m.n desc
	`.execute( db );
	const shown = rows.slice( 0, size );
	const last = shown.at( -1 );
	return { rows: shown, next: rows.length > size && last ? cursorAfter( last ) : null };
}

/** A cursor is the last row's place in the order. */
const cursorAfter = ( { at, queueId, n }: MailRow ) => `${ at.getTime() }.${ queueId }.${ n }`;

function olderThan( before: string | undefined ): RawBuilder< unknown >[] {
	const [ , at, queueId, n ] = /^(\d{1,14})\.([0-9A-Za-z~]{1,60})\.(\d{1,5})$/.exec( before ?? '' ) ?? [];
	if ( at === undefined ) {
		return [];
	}
	const time = new Date( Number( at ) ).toISOString();
	return [ sql`(m.at, m.queue_id, m.n) < (${ time }::timestamptz, ${ queueId }::text, ${ n }::integer)` ];
}
