import { randomUUID } from 'node:crypto';
import type { AlertMessage } from '@email-gateway/shared';
import { sql, type Selectable } from 'kysely';
import { json, type AlertDeliveryTable, type Db } from './tables.ts';

export type Delivery = Selectable< AlertDeliveryTable >;

/** Pauses before the tries after the first, in minutes; after the last of them a delivery has failed. */
const pausesMinutes = [ 2, 5, 15, 60 ] as const;
const claimSeconds = 60;
/** At once, in all workers together. A receiver that says nothing holds a place for ten seconds: one site's never hold all of them. */
const mostOfSite = 2;

export async function addDelivery( db: Db, siteId: string, message: AlertMessage ): Promise< void > {
	const now = new Date();
	await db
		.insertInto( 'alertDeliveries' )
		.values( {
			id: randomUUID(),
			siteId,
			message: json( message ),
			createdAt: now,
			dueAt: now,
		} )
		.execute();
}

/** Takes deliveries that are due, for this process alone: those of a process that died come back after a minute. */
export async function claimDeliveries( db: Db, most: number ): Promise< Delivery[] > {
	const { rows } = await sql< Delivery >`
		update alert_deliveries set claimed_until = now() + make_interval(secs => ${ claimSeconds }), tries = tries + 1
		where id in (
			select id from alert_deliveries where id in (
				select id from (
					select id, due_at, held, row_number() over (partition by site_id order by held desc, due_at) as place from (
						select *, coalesce(claimed_until > now(), false) as held from alert_deliveries
						where ended_at is null and due_at <= now()
					) waiting
				) due where not held and place <= ${ mostOfSite } order by place, due_at limit ${ most }
			) and (claimed_until is null or claimed_until <= now()) for update skip locked
		)
		returning *
	`.execute( db );
	return rows;
}

/** How a try ended: `answer` is null where the receiver took it, else what happened, in a few words. */
export async function endTry(
	db: Db,
	{ id, tries }: Pick< Delivery, 'id' | 'tries' >,
	answer: string | null
): Promise< void > {
	const pause = pausesMinutes[ tries - 1 ];
	const isEnded = answer === null || pause === undefined;
	await db
		.updateTable( 'alertDeliveries' )
		.set( {
			claimedUntil: null,
			answer,
			...( isEnded
				? { endedAt: new Date(), delivered: answer === null }
				: { dueAt: sql< Date >`now() + make_interval(mins => ${ pause })` } ),
		} )
		.where( 'id', '=', id )
		.execute();
}

/** The newest of a site. */
export function lastDelivery( db: Db, siteId: string ): Promise< Delivery | undefined > {
	return db
		.selectFrom( 'alertDeliveries' )
		.selectAll()
		.where( 'siteId', '=', siteId )
		.orderBy( 'createdAt', 'desc' )
		.limit( 1 )
		.executeTakeFirst();
}

/** What nobody reads any more, and what waits for a webhook that was changed or deleted. */
export async function dropDeliveries( db: Db, siteId: string ): Promise< void > {
	await db.deleteFrom( 'alertDeliveries' ).where( 'siteId', '=', siteId ).execute();
}

export async function dropOldDeliveries( db: Db ): Promise< void > {
	await sql`delete from alert_deliveries where ended_at < now() - interval '30 days'`.execute( db );
}
