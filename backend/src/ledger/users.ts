import { sql } from 'kysely';
import type { Db } from '../db/tables.ts';

/** What a Unix user sent since a time. */
export interface UserMail {
	uid: number;
	/** Recipients. */
	accepted: number;
	refused: number;
	/** Messages that are held now, whenever they arrived. */
	held: number;
	/** Of From, most used first. */
	domains: string[];
}

const mostUsers = 1000;
const mostDomains = 5;

/**
 * What each Unix user of a log sent, counted by whole hours.
 * @param since    what is older counts at most with its whole hour
 * @param ownSince nothing older is told: an hour that began before counts in none
 */
export async function mailByUser(
	db: Db,
	log: number,
	{ since, ownSince }: { since: Date; ownSince: Date }
): Promise< Map< number, UserMail > > {
	const users = new Map< number, UserMail >();
	const of = ( uid: number ) => {
		const user = users.get( uid ) ?? { uid, accepted: 0, refused: 0, held: 0, domains: [] };
		users.set( uid, user );
		return user;
	};
	const counts = await sql< { uid: number; outcome: string; messages: number } >`
		select uid, outcome, sum(messages)::integer as messages from mail_counts
		where log = ${ log } and per = 'hour' and uid >= 0
		and at >= greatest(date_trunc('hour', ${ since }::timestamptz), ${ ownSince }::timestamptz)
		group by uid, outcome having sum(messages) > 0 order by 3 desc limit ${ mostUsers * 3 }
	`.execute( db );
	for ( const { uid, outcome, messages } of counts.rows ) {
		const user = of( Number( uid ) );
		user.accepted += outcome === 'accepted' ? messages : 0;
		user.refused += outcome === 'refused' || outcome === 'expired' ? messages : 0;
	}
	const held = await sql< { uid: number; messages: number } >`
		select uid, count(distinct queue_id)::integer as messages from mails
		where log = ${ log } and outcome = 'held' and at >= ${ ownSince }::timestamptz and uid is not null group by uid limit ${ mostUsers }
	`.execute( db );
	for ( const { uid, messages } of held.rows ) {
		of( Number( uid ) ).held = messages;
	}
	const domains = await sql< { uid: number; domain: string } >`
		select uid, from_domain as domain from mails
		where log = ${ log } and at >= greatest(${ since }::timestamptz, ${ ownSince }::timestamptz) and uid is not null and from_domain is not null
		group by uid, from_domain order by count(*) desc limit ${ mostUsers * mostDomains }
	`.execute( db );
	for ( const { uid, domain } of domains.rows ) {
		const user = of( Number( uid ) );
		if ( user.domains.length < mostDomains ) {
			user.domains.push( domain );
		}
	}
	return users;
}
