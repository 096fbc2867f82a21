import { addressPageSize, type MailOutcome } from '@email-gateway/shared';
import { sql, type RawBuilder } from 'kysely';
import type { Db } from '../db/tables.ts';
import { erased, hashed, withoutAddresses, type Hash } from './addresses.ts';

/** Whose mail: the logs of these servers' rows; `hash` is that of their site. */
export interface OfAddress {
	logs: readonly number[];
	/** Whole. */
	address: string;
	hash: Hash;
}

export interface AddressRow {
	log: number;
	queueId: string;
	n: number;
	at: Date;
	as: 'sender' | 'recipient';
	outcome: MailOutcome;
	reply: string | null;
}

const indexedLength = 12;

/** Rows that name the address, whole or as a hash; only a whole one is in an index by its beginning. */
function isNamed( column: 'sender' | 'recipient', { address, hash }: OfAddress ): RawBuilder< boolean > {
	const forms = [ address.toLowerCase(), hashed( address, hash ) ];
	const value = sql`lower(${ sql.ref( `m.${ column }` ) })`;
	const list = ( texts: string[] ) => sql.join( texts.map( ( text ) => sql`${ text }` ) );
	return column === 'sender'
		? sql`${ value } in (${ list( forms ) })`
		: sql`"left"(${ value }, ${ sql.lit( indexedLength ) }) in (${ list(
				forms.map( ( text ) => text.slice( 0, indexedLength ) )
		  ) }) and ${ value } in (${ list( forms ) })`;
}

const inLogs = ( { logs }: OfAddress ) => sql`m.log = any(${ `{${ logs.join( ',' ) }}` }::integer[])`;

/** What is kept of one address, oldest first: what arrives meanwhile moves no page. @param page counts from 1 */
export async function entriesOfAddress(
	db: Db,
	of: OfAddress,
	page: number
): Promise< { rows: AddressRow[]; isMore: boolean } > {
	const named = ( column: 'sender' | 'recipient' ) => sql`
		select m.log, m.queue_id, m.n, m.at, ${ sql.lit( column ) } as "as", m.outcome, m.reply from mails m
		where ${ inLogs( of ) } and ${ isNamed( column, of ) }`;
	const { rows } = await sql< AddressRow >`
		select * from (${ named( 'recipient' ) } union all ${ named( 'sender' ) }) found
		order by at, log, queue_id, n, "as"
		limit ${ addressPageSize + 1 } offset ${ ( page - 1 ) * addressPageSize }
	`.execute( db );
	return { rows: rows.slice( 0, addressPageSize ), isMore: rows.length > addressPageSize };
}

/** Messages that are still in a queue keep it: their log goes on, and would name it again. */
const isOpen = sql`m.outcome in ('queued', 'waiting', 'held')`;

/** Takes an address out of at most a page of rows; what became of the messages, and every count, stays. */
export async function eraseAddress(
	tx: Db,
	of: OfAddress
): Promise< { erased: number; kept: number; isMore: boolean } > {
	const named = sql`(${ isNamed( 'recipient', of ) } or ${ isNamed( 'sender', of ) })`;
	const { rows } = await sql< AddressRow & { isRecipient: boolean; isSender: boolean } >`
		select m.log, m.queue_id, m.n, m.reply,
			${ isNamed( 'recipient', of ) } as is_recipient, ${ isNamed( 'sender', of ) } as is_sender
		from mails m where ${ inLogs( of ) } and ${ named } and not ${ isOpen } limit ${ addressPageSize + 1 } for update
	`.execute( tx );
	const changed = rows.slice( 0, addressPageSize ).map( ( { log, queueId, n, reply, isRecipient, isSender } ) => ( {
		...{ log, queue_id: queueId, n, sender: isSender, recipient: isRecipient },
		reply: reply && withoutAddresses( reply, 'hashed', of.address ),
	} ) );
	await sql`
		update mails set reply = c.reply,
			sender = case when c.sender then ${ erased( 0 ) } else mails.sender end,
			recipient = case when c.recipient then ${ erased( 0 ) } || c.n else mails.recipient end
		from json_to_recordset(${ JSON.stringify( changed ) }::json)
			as c(log integer, queue_id text, n smallint, sender boolean, recipient boolean, reply text)
		where mails.log = c.log and mails.queue_id = c.queue_id and mails.n = c.n
	`.execute( tx );
	await sql`
		delete from unlisted_senders where sender = ${ of.address.toLowerCase() }
		and server in (select m.server from mail_logs m where m.id = any(${ `{${ of.logs.join( ',' ) }}` }::integer[]))
	`.execute( tx );
	const { rows: open } = await sql< { count: number } >`
		select count(*)::integer as count from mails m where ${ inLogs( of ) } and ${ named } and ${ isOpen }
	`.execute( tx );
	return { erased: changed.length, kept: open[ 0 ]?.count ?? 0, isMore: rows.length > addressPageSize };
}
