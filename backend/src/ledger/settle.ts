import { sql } from 'kysely';
import type { Db } from '../db/tables.ts';

/** A message is in the queue a moment before the log tells of it. */
const youngSeconds = 60;

/**
 * Where the queue of a server is empty and its log was read to the end, nothing waits or is held there any more: whatever
 * still counts as that left without a line, as all do that are deleted at once by hand. What became of it is not known.
 */
export async function settleGone( db: Db, server: string ): Promise< void > {
	const isGone = sql`outcome in ('queued', 'waiting', 'held') and at < now() - make_interval(secs => ${ youngSeconds })`;
	await db.transaction().execute( async ( tx ) => {
		const log = await tx
			.selectFrom( 'mailLogs' )
			.select( 'id' )
			.where( 'server', '=', server )
			.forUpdate()
			.executeTakeFirst();
		if ( ! log ) {
			return;
		}
		await sql`
			with gone as (
				update mails new set outcome = 'unknown'
				from (select * from mails where log = ${ log.id } and ${ isGone }) old
				where new.log = old.log and new.queue_id = old.queue_id and new.n = old.n
				returning old.log, old.at, coalesce(old.uid, -1) as uid, old.outcome as before
			), changes as (
				select log, per, date_trunc(per, at, 'UTC') as at, uid, outcome, messages from gone
				cross join (values ('hour'), ('day')) periods(per)
				cross join lateral (values (before, -1), ('unknown'::mail_outcome, 1)) counted(outcome, messages)
			)
			insert into mail_counts
			select log, per, at, uid, outcome, sum(messages) from changes group by 1, 2, 3, 4, 5
			on conflict (log, per, at, uid, outcome) do update set messages = mail_counts.messages + excluded.messages
		`.execute( tx );
	} );
}
