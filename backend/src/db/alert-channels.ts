import { randomUUID } from 'node:crypto';
import type { ChannelKind } from '@email-gateway/shared';
import { sql, type Selectable } from 'kysely';
import { GatewayError } from '../errors.ts';
import type { AlertChannelTable } from './alert-tables.ts';
import type { Db, Tx } from './tables.ts';

export type AlertChannel = Selectable< AlertChannelTable >;

/** Of a site and of its owners, in the order in which they were added. */
export const channelsOf = ( db: Db, siteId: string ): Promise< AlertChannel[] > =>
	db.selectFrom( 'alertChannels' ).selectAll().where( 'siteId', '=', siteId ).orderBy( 'createdAt' ).execute();

/** Errors: not_found, also for one of another site. */
export async function channelOf( db: Db, { siteId, id }: { siteId: string; id: string } ): Promise< AlertChannel > {
	const row = await db
		.selectFrom( 'alertChannels' )
		.selectAll()
		.where( 'id', '=', id )
		.where( 'siteId', '=', siteId )
		.executeTakeFirst();
	if ( ! row ) {
		throw new GatewayError( 'not_found' );
	}
	return row;
}

/** Monday, eight o'clock, UTC. */
const nextReport = sql< Date >`(date_trunc('week', now() at time zone 'utc') + interval '7 days 8 hours') at time zone 'utc'`;

interface Told {
	name: string;
	owner: number | null;
	account: string | null;
	weekly: boolean;
}

export function addChannel(
	tx: Tx,
	{ siteId, kind, own, ...told }: { siteId: string; kind: ChannelKind; own: boolean } & Told
): Promise< AlertChannel > {
	return tx
		.insertInto( 'alertChannels' )
		.values( { id: randomUUID(), siteId, kind, own, ...told, ...( told.weekly ? { dueAt: nextReport } : {} ) } )
		.returningAll()
		.executeTakeFirstOrThrow();
}

export async function changeChannel( tx: Tx, id: string, told: Told ): Promise< void > {
	const due = told.weekly ? { dueAt: nextReport } : {};
	await tx
		.updateTable( 'alertChannels' )
		.set( { ...told, ...due } )
		.where( 'id', '=', id )
		.execute();
}

/** Deletes a channel with what waits for it; its secret is the caller's to delete. */
export async function dropChannel( tx: Tx, id: string ): Promise< void > {
	await tx.deleteFrom( 'alertChannels' ).where( 'id', '=', id ).execute();
}

/** When it last took something, or last took nothing at any try. */
export async function noteOutcome( db: Db, id: string, isDelivered: boolean ): Promise< void > {
	await db
		.updateTable( 'alertChannels' )
		.set( isDelivered ? { lastDeliveredAt: new Date() } : { lastFailedAt: new Date() } )
		.where( 'id', '=', id )
		.execute();
}

/** Takes the heartbeats that are due, for this process alone; the next of each is due after so long. */
export async function claimHeartbeats( db: Db, everySeconds: number ): Promise< AlertChannel[] > {
	const { rows } = await sql< AlertChannel >`
		update alert_channels set due_at = now() + make_interval(secs => ${ everySeconds })
		where id in (
			select c.id from alert_channels c join sites s on s.id = c.site_id
			where c.kind = 'heartbeat' and c.due_at <= now() and s.revoked_at is null
			limit 50 for update of c skip locked
		)
		returning *
	`.execute( db );
	return rows;
}

/** Takes the channels whose weekly report is due; each with the Monday with which its week ended. */
export async function claimReports( tx: Tx ): Promise< { channel: AlertChannel; monday: Date }[] > {
	const { rows } = await sql< AlertChannel & { monday: Date } >`
		update alert_channels set due_at = ${ nextReport }
		where id in (
			select c.id from alert_channels c join sites s on s.id = c.site_id
			where c.weekly and c.kind = 'email' and c.due_at <= now() and s.revoked_at is null
			limit 20 for update of c skip locked
		)
		returning *, date_trunc('week', now() at time zone 'utc') at time zone 'utc' as monday
	`.execute( tx );
	return rows.map( ( { monday, ...channel } ) => ( { channel, monday } ) );
}
