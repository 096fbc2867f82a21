import type { Cause } from '@email-gateway/shared';
import { sql } from 'kysely';
import { json, type Db } from '../db/tables.ts';
import { diagnose } from '../gateway/diagnosis.ts';
import type { QueueRead, SeenInQueue } from './queue-read.ts';

/** One message of a queue as it is kept: no address, and words only as what they mean. */
export interface Queued extends Omit< SeenInQueue, 'reason' > {
	/** Null where nothing was tried. */
	cause: Cause | null;
	/** Unix user; null where the log tells none. */
	uid: number | null;
}

export interface Queue {
	readAt: Date;
	total: number;
	/** Oldest first. */
	messages: Queued[];
}

/** Keeps what was in the queue of a server, in place of what was there before. */
export async function keepQueue( db: Db, server: string, { total, messages }: QueueRead ): Promise< void > {
	const users = await usersOf(
		db,
		server,
		messages.map( ( { id } ) => id )
	);
	const causeOf = makeCauses();
	const kept = messages
		.map( ( { reason, ...message } ): Queued => {
			return { ...message, cause: causeOf( reason ), uid: users.get( message.id ) ?? null };
		} )
		.sort( ( a, b ) => a.at - b.at || ( a.id < b.id ? -1 : 1 ) );
	const row = { readAt: new Date(), total, messages: json( kept ) };
	await db
		.insertInto( 'queues' )
		.values( { server, ...row } )
		.onConflict( ( conflict ) => conflict.column( 'server' ).doUpdateSet( row ) )
		.execute();
}

/** Undefined where it was never read. */
export async function queueOf( db: Db, server: string ): Promise< Queue | undefined > {
	return db
		.selectFrom( 'queues' )
		.select( [ 'readAt', 'total', 'messages' ] )
		.where( 'server', '=', server )
		.executeTakeFirst();
}

/** The Unix users of messages, as the log of the server told. */
async function usersOf( db: Db, server: string, ids: readonly string[] ): Promise< Map< string, number > > {
	const { rows } = await sql< { queueId: string; uid: number } >`
		select m.queue_id, m.uid::double precision as uid
		from mail_logs l
		join json_array_elements_text(${ JSON.stringify( ids ) }::json) asked(id) on true
		join mails m on m.log = l.id and m.queue_id = asked.id and m.n = 0
		where l.server = ${ server } and m.uid is not null
	`.execute( db );
	return new Map( rows.map( ( { queueId, uid } ) => [ queueId, uid ] ) );
}

/** What a reason means. Thousands of messages have met the same one, but for ids, times and recipients. */
function makeCauses(): ( reason: string ) => Cause | null {
	const known = new Map< string, Cause >();
	return ( reason ) => {
		if ( reason === '' ) {
			return null;
		}
		const key = reason.replace( /<[^>]*>|\d{4,}/g, '' );
		const cause =
			known.get( key ) ??
			diagnose( { status: 'deferred', dsn: null, relay: null, reason, service: 'smtp' }, [] ).cause;
		known.set( key, cause );
		return cause;
	};
}
