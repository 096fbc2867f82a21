import { causes, mailPageSize, type MailFilter } from '@email-gateway/shared';
import { sql, type RawBuilder } from 'kysely';
import type { Db } from '../db/tables.ts';
import { neutral } from '../gateway/neutral-cause.ts';
import type { MailRow } from './rows.ts';

/** A log that is searched, and since when: nothing older is found. */
export interface SearchedLog {
	log: number;
	since: Date | null;
	/** Of what arrived before, words of the provider are not shown: what they say is not found, either. */
	withheldUntil: Date | 'infinity' | null;
}

export interface Found {
	rows: MailRow[];
	/** `before` of the next page; null after the oldest row. */
	next: string | null;
}

/**
 * Rows of some logs, newest first. Each log is read along its own index of times until a page is full, whatever is asked
 * for; where an address or its beginning is, along the index of those, whose rows are few.
 */
export async function searchMails(
	db: Db,
	logs: readonly SearchedLog[],
	{ filter, before, size = mailPageSize }: { filter: MailFilter; before?: string | undefined; size?: number }
): Promise< Found > {
	const conditions = [ ...conditionsOf( filter ), ...olderThan( before ) ];
	const where = sql.join( [ sql`true`, ...conditions ], sql` and ` );
	const of = searched( logs );
	const order = sql`order by m.at desc, m.queue_id desc, m.n desc limit ${ size + 1 }`;
	const isNarrow = isAddressPart( filter.recipient ) || isAddressPart( filter.sender );
	const { rows } = isNarrow
		? await sql< MailRow >`
			select m.* from ${ of } join mails m on m.log = l.log and m.at >= coalesce(l.since, '-infinity')
			where ${ where } ${ order }
		`.execute( db )
		: await sql< MailRow >`
			select m.* from ${ of } cross join lateral (
				select * from mails m where m.log = l.log and m.at >= coalesce(l.since, '-infinity') and ${ where } ${ order }
			) m ${ order }
		`.execute( db );
	const shown = rows.slice( 0, size );
	const last = shown.at( -1 );
	return { rows: shown, next: rows.length > size && last ? cursorAfter( last ) : null };
}

const isWithheld = sql`(m.at < coalesce(l.withheld, '-infinity'))`;

const isAddressPart = ( text: string | undefined ) => text !== undefined && ! text.startsWith( '@' );

/** Rows of `l`. */
export const searched = ( logs: readonly SearchedLog[] ) => {
	const places = logs.map( ( { log, since, withheldUntil: withheld } ) => ( { log, since, withheld } ) );
	return sql`json_to_recordset(${ JSON.stringify(
		places
	) }::json) as l(log integer, since timestamptz, withheld timestamptz)`;
};

/** A cursor is the last row's place in the order. */
const cursorAfter = ( { at, queueId, n }: MailRow ) => `${ at.getTime() }.${ queueId }.${ n }`;

function olderThan( before: string | undefined ): RawBuilder< unknown >[] {
	const [ , at, queueId, n ] = /^(\d{1,14})\.([0-9A-Za-z~]{1,60})\.(\d{1,5})$/.exec( before ?? '' ) ?? [];
	if ( at === undefined ) {
		return [];
	}
	const time = new Date( Number( at ) ).toISOString();
	return [ sql`(m.at, m.queue_id, m.n) < (${ time }::timestamptz, ${ queueId }::text, ${ n }::smallint)` ];
}

function conditionsOf( filter: MailFilter ): RawBuilder< unknown >[] {
	const { recipient, sender, site, outcome, cause, from, to } = filter;
	const conditions: RawBuilder< unknown >[] = [];
	if ( recipient !== undefined || sender !== undefined ) {
		// mail of the gateway itself has an address of the account
		conditions.push( sql`not (${ isWithheld } and (m.uid = 0 or m.origin = 'notice'))` );
	}
	if ( recipient !== undefined ) {
		conditions.push( matches( 'recipient', recipient ) );
	}
	if ( sender !== undefined ) {
		conditions.push( matches( 'sender', sender ) );
	}
	if ( site === '' ) {
		conditions.push( sql`m.origin = 'smtp'` );
	} else if ( site !== undefined ) {
		conditions.push(
			// a user without a name is shown by number
			sql`(m.uid in (select u.uid from mail_users u where u.log = m.log and u.name = ${ site }) or m.uid::text = ${ site })`
		);
	}
	if ( outcome !== undefined ) {
		// the second tells the planner of the index of all but those
		conditions.push( sql`m.outcome = ${ outcome }` );
		conditions.push( outcome === 'accepted' ? sql`true` : sql`m.outcome <> 'accepted'` );
	}
	if ( cause !== undefined ) {
		const shownAs = JSON.stringify( causes.filter( ( one ) => neutral( one ) === cause ) );
		conditions.push( sql`m.outcome <> 'accepted' and case when ${ isWithheld }
			then m.cause in (select json_array_elements_text(${ shownAs }::json)) else m.cause = ${ cause } end` );
	}
	if ( from !== undefined ) {
		conditions.push( sql`m.at >= ${ from }::timestamptz` );
	}
	if ( to !== undefined ) {
		conditions.push( sql`m.at < ${ to }::timestamptz` );
	}
	return conditions;
}

/** `@domain`, or how an address begins: a whole one begins like itself. */
function matches( column: 'recipient' | 'sender', text: string ): RawBuilder< unknown > {
	const value = sql`lower(${ sql.ref( `m.${ column }` ) })`;
	if ( text.startsWith( '@' ) ) {
		return sql`substring(${ value } from '[^@]*$') = ${ text.slice( 1 ) }`;
	}
	// as LIKE does with what begins like it, but without its signs
	return sql`${ value } ~>=~ ${ text } and ${ value } ~<~ ${ afterPrefix( text ) }`;
}

/** The least text after all that begin like this one. */
function afterPrefix( text: string ): string {
	const points = [ ...text ];
	const last = points.pop()?.codePointAt( 0 ) ?? 0;
	const next = last + 1 >= 0xd800 && last + 1 <= 0xdfff ? 0xe000 : last + 1;
	return next > 0x10ffff ? afterPrefix( points.join( '' ) ) : points.join( '' ) + String.fromCodePoint( next );
}

/** All recipients of one message. */
export function messageRows( db: Db, { log, since }: SearchedLog, queueId: string ): Promise< MailRow[] > {
	let query = db
		.selectFrom( 'mails' )
		.selectAll()
		.where( 'log', '=', log )
		.where( 'queueId', '=', queueId )
		.orderBy( 'n' );
	if ( since ) {
		query = query.where( 'at', '>=', since );
	}
	return query.execute();
}
