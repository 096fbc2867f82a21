import { randomUUID } from 'node:crypto';
import type { AlertMessage } from '@email-gateway/shared';
import { sql, type Selectable } from 'kysely';
import type { AlertChannel } from './alert-channels.ts';
import type { AlertDeliveryTable } from './alert-tables.ts';
import { json, type Db } from './tables.ts';

export type Delivery = Selectable< AlertDeliveryTable >;

/** Pauses before the tries after the first, in minutes; after the last of them a delivery has failed. */
const pausesMinutes = [ 2, 5, 15, 60 ] as const;
/** A receiver may ask for a longer one, but not for ever. */
const longestPauseS = 86_400;
const claimSeconds = 60;
/**
 * At once, in all workers together. A receiver that says nothing holds a place for ten seconds: one site's never hold all of
 * them, those of a site's owners none of the site's own, and those of one owner not all of theirs.
 */
const mostAtOnce = { ofSite: 2, ofOwners: 2, ofOwner: 1 };

export async function addDelivery(
	db: Db,
	{ id: channel, siteId }: Pick< AlertChannel, 'id' | 'siteId' >,
	message: AlertMessage
): Promise< void > {
	const now = new Date();
	await db
		.insertInto( 'alertDeliveries' )
		.values( {
			id: randomUUID(),
			siteId,
			channel,
			message: json( message ),
			createdAt: now,
			dueAt: now,
		} )
		.execute();
}

/** Takes deliveries that are due, for this process alone: those of a process that died come back after a minute. */
export async function claimDeliveries( db: Db, most: number ): Promise< Delivery[] > {
	const { ofSite, ofOwners, ofOwner } = mostAtOnce;
	const { rows } = await sql< Delivery >`
		with due as (
			select d.id, d.site_id, d.due_at, c.own, case when c.own then c.owner end as keeper,
				coalesce(d.claimed_until > now(), false) as held
			from alert_deliveries d join alert_channels c on c.id = d.channel
			where d.ended_at is null and d.due_at <= now()
		), turns as (
			select *, row_number() over (partition by site_id, own, keeper order by held desc, due_at) as turn from due
		), places as (
			select *, row_number() over (partition by site_id, own order by held desc, turn, due_at) as place from turns
			where not own or turn <= ${ ofOwner }
		)
		update alert_deliveries set claimed_until = now() + make_interval(secs => ${ claimSeconds }), tries = tries + 1
		where id in (
			select id from alert_deliveries where id in (
				select id from places where not held and place <= case when own then ${ ofOwners }::integer else ${ ofSite }::integer end
				order by place, own, due_at limit ${ most }
			) and (claimed_until is null or claimed_until <= now()) for update skip locked
		)
		returning *
	`.execute( db );
	return rows;
}

/** How a try ended. */
export interface TryEnd {
	/** null where the receiver took it, else what happened, in a few words. */
	answer: string | null;
	/** For so long the receiver asked to be left alone; null: it did not. */
	retryAfterS?: number | null;
	/** Another try would end the same. */
	isFinal?: boolean;
}

/** Says what became of the delivery with it: null where it is tried again. */
export async function endTry(
	db: Db,
	{ id, tries }: Pick< Delivery, 'id' | 'tries' >,
	{ answer, retryAfterS = null, isFinal = false }: TryEnd
): Promise< 'delivered' | 'failed' | null > {
	const pause = pausesMinutes[ tries - 1 ];
	const isEnded = answer === null || pause === undefined || isFinal;
	const seconds = Math.max( ( pause ?? 0 ) * 60, Math.min( retryAfterS ?? 0, longestPauseS ) );
	await db
		.updateTable( 'alertDeliveries' )
		.set( {
			claimedUntil: null,
			answer,
			...( isEnded
				? { endedAt: new Date(), delivered: answer === null }
				: { dueAt: sql< Date >`now() + make_interval(secs => ${ seconds })` } ),
		} )
		.where( 'id', '=', id )
		.execute();
	return isEnded ? ( answer === null ? 'delivered' : 'failed' ) : null;
}

/** The newest of each of some channels. */
export async function lastDeliveries( db: Db, channels: readonly string[] ): Promise< Map< string, Delivery > > {
	const { rows } = await sql< Delivery >`
		select distinct on (channel) * from alert_deliveries where channel = any(${ channels }::uuid[])
		order by channel, created_at desc
	`.execute( db );
	return new Map( rows.map( ( row ) => [ row.channel, row ] ) );
}

/** How many tests were asked for to a channel within the last hour, as it is now: one with another target begins anew. */
export async function testsWithinAnHour( db: Db, channel: string ): Promise< number > {
	const { rows } = await sql< { tests: number } >`
		select count(*)::integer as tests from alert_deliveries
		where channel = ${ channel }::uuid and message->>'kind' = 'test' and created_at > now() - interval '1 hour'
	`.execute( db );
	return rows[ 0 ]?.tests ?? 0;
}

/** What waits for a channel whose target was changed. */
export async function dropDeliveries( db: Db, channel: string ): Promise< void > {
	await db.deleteFrom( 'alertDeliveries' ).where( 'channel', '=', channel ).execute();
}

/** What nobody reads any more. */
export async function dropOldDeliveries( db: Db ): Promise< void > {
	await sql`delete from alert_deliveries where ended_at < now() - interval '30 days'`.execute( db );
}
