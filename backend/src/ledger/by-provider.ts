import { sql } from 'kysely';
import type { Db } from '../db/tables.ts';

interface Of {
	/** Id of the server's row. */
	server: string;
	/** As its mail log names it. */
	host: string;
}

const ended = sql`m.at + make_interval(secs => coalesce(m.delay_ms, 0) / 1000.0)`;
const relayOf = ( host: string ) => `${ host.replace( /[\\%_]/g, '\\$&' ) }[%`;

/** Whose mail: that of one Unix user, or all but that of those who have a way of their own. */
export type MailOf = { uid: number } | { routed: readonly number[] };

const sentBy = ( of: MailOf ) =>
	'uid' in of
		? sql`m.uid = ${ of.uid }`
		: of.routed.length === 0
		? sql`true`
		: sql`m.uid is not null and m.uid <> all(${ `{${ of.routed.join( ',' ) }}` }::bigint[])`;
const all = { routed: [] };

/** How many recipients' messages of a server a provider has accepted since a time; null: its log tells nothing. */
export async function acceptedBy(
	db: Db,
	{ server, host }: Of,
	since: Date,
	of: MailOf = all
): Promise< number | null > {
	const { rows } = await sql< { messages: number } >`
		select (
			select count(*) from mails m join mail_routes r on r.id = m.route
			where m.log = l.id and m.outcome = 'accepted' and r.relay ilike ${ relayOf( host ) } and ${ sentBy( of ) }
			and m.at > ${ since }::timestamptz - interval '9 days' and ${ ended } >= ${ since }::timestamptz
		)::integer as messages
		from mail_logs l where l.server = ${ server }
	`.execute( db );
	return rows[ 0 ]?.messages ?? null;
}

/** When a provider has last accepted a message of a server; null: not known. */
export async function lastAcceptedBy( db: Db, { server, host, ...of }: Of & MailOf ): Promise< Date | null > {
	const { rows } = await sql< { at: Date | null } >`
		select max(${ ended }) as at from mails m join mail_logs l on l.id = m.log join mail_routes r on r.id = m.route
		where l.server = ${ server } and m.outcome = 'accepted' and r.relay ilike ${ relayOf( host ) }
		and ${ sentBy( of ) } and m.at > now() - interval '9 days'
	`.execute( db );
	return rows[ 0 ]?.at ?? null;
}

/** Why mail of a server waits, but for that of routed users. */
export async function causesOfWaiting( db: Db, server: string, routed: readonly number[] ): Promise< Set< string > > {
	const { rows } = await sql< { cause: string } >`
		select distinct m.cause from mails m join mail_logs l on l.id = m.log
		where l.server = ${ server } and m.outcome = 'waiting' and m.cause is not null and ${ sentBy( { routed } ) }
	`.execute( db );
	return new Set( rows.map( ( { cause } ) => cause ) );
}

/** Messages of a server that wait, and whose last answer was lost: their provider may have taken them. Oldest first. */
export async function answerLost( db: Db, server: string, of: MailOf = all ): Promise< string[] > {
	const { rows } = await sql< { queueId: string } >`
		select distinct m.queue_id, m.at from mails m join mail_logs l on l.id = m.log
		where l.server = ${ server } and m.outcome = 'waiting' and m.cause = 'lost_after_data'
		and ${ sentBy( of ) }
		order by m.at limit 10000
	`.execute( db );
	return rows.map( ( { queueId } ) => queueId );
}

/** Domains of From that a server sent as within a week, most used first. */
export async function sentAs(
	db: Db,
	server: string,
	{ most, ...of }: { most: number } & MailOf
): Promise< string[] > {
	const { rows } = await sql< { domain: string } >`
		select m.from_domain as domain from mails m join mail_logs l on l.id = m.log
		where l.server = ${ server } and m.at > now() - interval '7 days' and m.from_domain is not null and ${ sentBy( of ) }
		group by 1 order by count(*) desc, 1 limit ${ most }
	`.execute( db );
	return rows.map( ( { domain } ) => domain );
}
