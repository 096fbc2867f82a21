import { causes, mailPageSize, type MailFilter } from '@email-gateway/shared';
import { sql, type RawBuilder } from 'kysely';
import type { Db } from '../db/tables.ts';
import { hashed, type Hash } from './addresses.ts';
import { neutral } from '../gateway/neutral-cause.ts';
import { withRoutes } from './routes.ts';
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

/** The numbers of the users of that name, by log; a user without a name is shown by number. */
async function logsWithUser(
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

function ofUser( users: ReadonlyMap< number, readonly number[] > | null ): RawBuilder< unknown >[] {
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

const isWithheld = sql`(m.at < coalesce(l.withheld, '-infinity'))`;

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

function conditionsOf( filter: MailFilter, hash: Hash | null ): RawBuilder< unknown >[] {
	const { recipient, sender, site, outcome, cause, from, to } = filter;
	const conditions: RawBuilder< unknown >[] = [];
	if ( recipient !== undefined || sender !== undefined ) {
		// mail of the gateway itself has an address of the account
		conditions.push(
			sql`not (${ isWithheld } and (m.uid is not distinct from 0 or m.origin is not distinct from 'notice'))`
		);
	}
	if ( recipient !== undefined ) {
		conditions.push( named( 'recipient', recipient, hash ) );
	}
	if ( sender !== undefined ) {
		conditions.push( named( 'sender', sender, hash ) );
	}
	if ( site === '' ) {
		conditions.push( sql`m.origin = 'smtp'` );
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

/** As in the index of recipients. */
const indexedLength = 12;

/** An address that is kept as a hash is found by nothing but the whole address. */
function named( column: 'recipient' | 'sender', text: string, hash: Hash | null ): RawBuilder< unknown > {
	const whole = matches( column, text );
	return hash !== null && /.@./.test( text )
		? sql`(${ whole } or ${ matches( column, hashed( text, hash ) ) })`
		: whole;
}

/** `@domain`, or how an address begins: a whole one begins like itself. */
function matches( column: 'recipient' | 'sender', text: string ): RawBuilder< unknown > {
	const value = sql`lower(${ sql.ref( `m.${ column }` ) })`;
	if ( text.startsWith( '@' ) ) {
		return sql`substring(${ value } from '[^@]*$') = ${ text.slice( 1 ) }`;
	}
	// as LIKE does with what begins like it, but without its signs; the index of recipients holds beginnings
	const begins = ( of: RawBuilder< unknown >, like: string ) =>
		sql`${ of } ~>=~ ${ like } and ${ of } ~<~ ${ afterPrefix( like ) }`;
	if ( column === 'sender' ) {
		return begins( value, text );
	}
	const indexed = sql`"left"(${ value }, ${ sql.lit( indexedLength ) })`;
	return text.length < indexedLength
		? begins( indexed, text )
		: sql`${ indexed } = ${ text.slice( 0, indexedLength ) } and ${ begins( value, text ) }`;
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
	const query = withRoutes( db ).where( 'log', '=', log ).where( 'queueId', '=', queueId ).orderBy( 'n' );
	return ( since ? query.where( 'at', '>=', since ) : query ).execute();
}

/** So many recipients of a message are told where it is one of many. */
const toldOfEach = 20;

/** The first recipients of some messages. */
export async function rowsOfMessages(
	db: Db,
	{ log, since }: SearchedLog,
	queueIds: readonly string[]
): Promise< MailRow[] > {
	if ( queueIds.length === 0 ) {
		return [];
	}
	const query = withRoutes( db )
		.where( 'log', '=', log )
		.where( 'queueId', 'in', queueIds )
		.where( 'n', '<', toldOfEach )
		.orderBy( 'n' );
	return ( since ? query.where( 'at', '>=', since ) : query ).execute();
}
