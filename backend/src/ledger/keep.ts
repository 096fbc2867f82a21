import type { MailAddressForm } from '@email-gateway/shared';
import { sql } from 'kysely';
import { json, type Db } from '../db/tables.ts';
import { countChanges, delayChanges, type Count, type DelayCount } from './counts.ts';
import { timeRead } from '../gateway/log-time.ts';
import { costOf, dayOf, mostADay, spentToday } from './day-budget.ts';
import { keepGap, keepGoingGap } from './gaps.ts';
import type { LogCursor, LogPiece } from './log-piece.ts';
import type { Hash } from './addresses.ts';
import { keptEvents, keptMail, type Keeping } from './kept-addresses.ts';
import type { Mail } from './mail.ts';
import { followPiece, readPiece, type ReadPiece } from './read-piece.ts';
import { keepRoutes, withRoutes } from './routes.ts';
import { mailsOf, rowsOf } from './rows.ts';
import { keepUnlisted } from './unlisted-senders.ts';
import { keepUsers } from './keep-users.ts';

/** How far the log of a server was read. */
export async function cursorOf( db: Db, server: string ): Promise< LogCursor > {
	const row = await db
		.selectFrom( 'mailLogs' )
		.select( [ 'head', 'position' ] )
		.where( 'server', '=', server )
		.executeTakeFirst();
	return row ?? { head: '', position: 0 };
}

/** Whether the newest line that was read of a server's log is no older than this; one of the future says nothing. */
export async function hasSpokenSince( db: Db, server: string, sinceMs: number ): Promise< boolean > {
	const row = await db
		.selectFrom( 'mailLogs' )
		.select( 'toldUntil' )
		.where( 'server', '=', server )
		.executeTakeFirst();
	const toldMs = row?.toldUntil?.getTime() ?? 0;
	return toldMs >= sinceMs && toldMs <= Date.now() + ( Date.now() - sinceMs );
}

/** As Debian's package has it: mail_owner. */
const mailOwner = 'postfix';

/** Mail of a quarter of an hour before a look may have gone the way that was taken then. */
const withheldForMs = 15 * 60_000;

/**
 * Writes what a piece of a server's log tells, how far it was read, and what was missed: all or nothing. Where it is more than
 * a day may cost, it is what was missed. A piece that
 * does not follow on what was written last is dropped, as where another worker was faster: nothing is counted twice.
 *
 * @param isUnshown whether mail goes through an account that who runs the server is not shown
 * @param hash      where addresses are not kept whole
 * @return whether it was written
 */
export function keepPiece(
	db: Db,
	server: string,
	piece: LogPiece,
	{ isUnshown, hash = unkeyed }: { isUnshown: boolean; hash?: Hash }
): Promise< boolean > {
	return db.transaction().execute( async ( tx ) => {
		await tx
			.insertInto( 'mailLogs' )
			.values( {
				...{ server, head: '', position: 0, tls: json( {} ), readAt: new Date() },
				addresses: await formOfServer( tx, server ),
			} )
			.onConflict( ( conflict ) => conflict.doNothing() )
			.execute();
		const log = await tx
			.selectFrom( 'mailLogs' )
			.selectAll()
			.where( 'server', '=', server )
			.forUpdate()
			.executeTakeFirstOrThrow();
		if ( log.head !== piece.after.head || log.position !== piece.after.position ) {
			return false;
		}
		const owner = piece.users.find( ( { name } ) => name === mailOwner )?.uid ?? null;
		const read = readPiece( piece.lines, piece.clock, log.tls, owner );
		if ( ! piece.follows && piece.after.head !== '' ) {
			const to = new Date( read.firstAt ?? timeRead( piece.clock ) );
			await keepGap( tx, { log: log.id, from: log.toldUntil, to } );
		}
		const spent = spentToday( log );
		const cost = await keepMails( tx, log.id, read, {
			...{ form: log.addresses, hash },
			most: mostADay - spent,
		} );
		if ( cost === null ) {
			const to = dateOf( read.lastAt ) ?? new Date( timeRead( piece.clock ) );
			await keepGoingGap( tx, { log: log.id, from: log.toldUntil ?? dateOf( read.firstAt ), to } );
		} else {
			await keepUnlisted( tx, server, read, log.addresses );
		}
		await keepUsers( tx, log.id, piece.users );
		await tx
			.updateTable( 'mailLogs' )
			.set( {
				...piece.next,
				knownSince: log.knownSince ?? dateOf( read.firstAt ),
				toldUntil: dateOf( read.lastAt ) ?? log.toldUntil,
				readAt: new Date(),
				tls: json( read.tls ),
				// what does not fit ends the day: a later piece that fits would be read without what came before it
				...{ spent: cost === null ? mostADay : spent + cost, spentDay: dayOf() },
				...( isUnshown ? { withheldUntil: new Date( Date.now() + withheldForMs ) } : {} ),
			} )
			.where( 'id', '=', log.id )
			.execute();
		return true;
	} );
}

/** Without a key nothing is hashed: that would be guessed in a moment. */
const unkeyed: Hash = () => {
	throw new Error( 'addresses of this log are not kept whole, and there is no key' );
};

async function formOfServer( tx: Db, server: string ): Promise< MailAddressForm > {
	const row = await tx
		.selectFrom( 'mailSettings' )
		.innerJoin( 'servers', 'servers.siteId', 'mailSettings.siteId' )
		.select( 'addresses' )
		.where( 'servers.id', '=', server )
		.executeTakeFirst();
	return row?.addresses ?? 'whole';
}

const dateOf = ( atMs: number | null ): Date | null => ( atMs === null ? null : new Date( atMs ) );

/** @return what it cost; null: more than `most`, and nothing was written */
async function keepMails(
	tx: Db,
	log: number,
	told: ReadPiece,
	{ most, ...keeping }: Keeping & { most: number }
): Promise< number | null > {
	const former = told.events.flatMap( ( event ) => ( event.kind === 'requeued' ? [ event.formerId ] : [] ) );
	const ids = [ ...new Set( [ ...told.events.map( ( { queueId } ) => queueId ), ...former ] ) ];
	if ( ids.length === 0 ) {
		return most >= told.unlisted.length ? told.unlisted.length : null;
	}
	const rows = await withRoutes( tx ).where( 'log', '=', log ).where( 'queueId', 'in', ids ).execute();
	const known = new Map( [ ...mailsOf( rows ) ].map( ( [ id, mail ] ) => [ id, keptMail( mail, keeping ) ] ) );
	const mails = followPiece( keptEvents( told, known, keeping ), known );
	const changed = new Set( [ ...mails.map( ( { queueId } ) => queueId ), ...former ] );
	const before = [ ...known.values() ].filter( ( { queueId } ) => changed.has( queueId ) );
	const cost = costOf( before, mails, told.unlisted.length );
	if ( cost > most ) {
		return null;
	}
	if ( before.length > 0 ) {
		await tx
			.deleteFrom( 'mails' )
			.where( 'log', '=', log )
			.where(
				'queueId',
				'in',
				before.map( ( { queueId } ) => queueId )
			)
			.execute();
	}
	await sql`
		insert into mails select * from json_populate_recordset(null::mails, ${ rowsOf(
			log,
			mails,
			await keepRoutes( tx, mails )
		) }::json)
	`.execute( tx );
	await keepCounts( tx, log, before, mails );
	return cost;
}

async function keepCounts( tx: Db, log: number, before: readonly Mail[], after: readonly Mail[] ): Promise< void > {
	const rowsOfLog = ( counts: readonly ( Count | DelayCount )[] ) =>
		JSON.stringify( counts.map( ( count ) => ( { ...count, log, at: new Date( count.at ).toISOString() } ) ) );
	await sql`
		insert into mail_counts select * from json_populate_recordset(null::mail_counts, ${ rowsOfLog(
			countChanges( before, after )
		) }::json)
		on conflict (log, per, at, uid, outcome) do update set messages = mail_counts.messages + excluded.messages
	`.execute( tx );
	await sql`
		insert into mail_delays select * from json_populate_recordset(null::mail_delays, ${ rowsOfLog(
			delayChanges( before, after )
		) }::json)
		on conflict (log, per, at, uid, step) do update set messages = mail_delays.messages + excluded.messages
	`.execute( tx );
}
