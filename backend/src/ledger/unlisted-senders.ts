import type { MailAddressForm } from '@email-gateway/shared';
import { sql, type Selectable } from 'kysely';
import type { UnlistedSenderTable } from '../db/mail-tables.ts';
import type { Db } from '../db/tables.ts';
import { keptSince } from './kept-days.ts';
import type { ReadPiece } from './read-piece.ts';

export type UnlistedSenders = Selectable< UnlistedSenderTable >;

/** Of one user; those that were used last. A site may write any, and must not fill a table. */
const mostOfUser = 20;

/** Adds what a piece of the log tells. Where addresses are not kept whole, the domain is. */
export async function keepUnlisted(
	tx: Db,
	server: string,
	{ unlisted }: Pick< ReadPiece, 'unlisted' >,
	form: MailAddressForm
): Promise< void > {
	if ( unlisted.length === 0 ) {
		return;
	}
	const rows = unlisted.map( ( { uid, sender, how, atMs } ) => ( {
		...{ uid, how, at: new Date( atMs ).toISOString() },
		sender: form === 'whole' ? sender : sender.slice( sender.lastIndexOf( '@' ) ),
	} ) );
	await sql`
		insert into unlisted_senders (server, uid, sender, held, refused, last_at)
		select ${ server }, uid, sender, count(*) filter (where how = 'held'), count(*) filter (where how = 'refused'), max(at)
		from json_to_recordset(${ JSON.stringify( rows ) }::json) as r(uid bigint, how text, at timestamptz, sender text)
		group by uid, sender
		on conflict (server, uid, sender) do update set held = least(unlisted_senders.held + excluded.held, 1000000000),
			refused = least(unlisted_senders.refused + excluded.refused, 1000000000),
			last_at = greatest(unlisted_senders.last_at, excluded.last_at)
	`.execute( tx );
	await sql`
		delete from unlisted_senders where server = ${ server } and (uid, sender) in (
			select uid, sender from (
				select uid, sender, row_number() over (partition by uid order by last_at desc, sender) as n
				from unlisted_senders where server = ${ server }
			) ranked where n > ${ mostOfUser }
		)
	`.execute( tx );
}

/** Those that were used while messages are kept, newest first. */
export const unlistedOn = ( db: Db, server: string, now: number ): Promise< UnlistedSenders[] > =>
	db
		.selectFrom( 'unlistedSenders' )
		.selectAll()
		.where( 'server', '=', server )
		.where( 'lastAt', '>', keptSince( sql`unlisted_senders.server`, new Date( now ) ) )
		.orderBy( 'lastAt', 'desc' )
		.orderBy( 'sender' )
		.execute();

export async function pruneUnlisted( db: Db ): Promise< void > {
	await sql`delete from unlisted_senders where last_at < ${ keptSince( sql`unlisted_senders.server` ) }`.execute(
		db
	);
}
