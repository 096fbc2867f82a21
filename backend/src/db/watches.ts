import { randomUUID } from 'node:crypto';
import { sql, type Selectable } from 'kysely';
import type { Suspicion } from '../incidents/suspicion.ts';
import { json, type Db, type WatchTable } from './tables.ts';

export type Watch = Selectable< WatchTable >;
/** Held by one worker until `claimed_until`; what a later claim took is written by that one alone. */
export interface ClaimedWatch extends Watch {
	claim: string;
}

/** A worker that dies holds its servers for so long: longer than any look takes. */
const claimSeconds = 60;

/** Begins to watch each server that has a gateway, and stops for the others. */
export async function watchInstalled( db: Db ): Promise< void > {
	await sql`
		insert into watches (server)
		select id from servers where ${ isWatchable }
		on conflict do nothing
	`.execute( db );
	await sql`
		delete from watches where server in (select id from servers where not (${ isWatchable }))
	`.execute( db );
}

/** Whether a server is watched; from now on it may be reached for so long with what its keeper lent us. */
export async function lendFor( tx: Db, server: string, seconds: number ): Promise< Date | null > {
	const { rows } = await sql< { lentUntil: Date } >`
		insert into watches (server, lent_until)
		select id, now() + make_interval(secs => ${ seconds }) from servers where id = ${ server } and ${ isWatchable }
		on conflict (server) do update set lent_until = excluded.lent_until
		returning lent_until
	`.execute( tx );
	return rows[ 0 ]?.lentUntil ?? null;
}

/** Deletes what was lent for longer than its keeper said. */
export async function dropLent( db: Db ): Promise< void > {
	await sql`
		delete from secrets where table_name = 'servers' and field = 'lent_connection'
		and row_id not in (select server::text from watches where lent_until > now())
	`.execute( db );
}

/**
 * Of a row of servers. Nobody is left to tell where the pairing ended or its key expired, and what it gave us the right
 * to ended with it.
 */
const isOfPairedSite = sql`site_id in (
	select id from sites where revoked_at is null and (key_expires_at is null or key_expires_at > now())
)`;
const isWatchable = sql`
	installed_version is not null and host_key->>'state' in ('trusted', 'changed')
	and sign_in is not null and ${ isOfPairedSite }
`;

/** A worker's places for looks. */
export interface Places {
	free: number;
	/** What the servers of one site hold at most. */
	mostOfSite: number;
	/** Servers that are being looked at, by the id of their row. */
	held: readonly string[];
}

/**
 * Takes servers whose look is due, for this worker alone: sites in turn, and within each its owners in turn, those that
 * hold the fewest places first. A server with a job that waits or runs is left to that job: it looks, too. One whose
 * connection another plugin keeps is reached while that lends it.
 */
export async function claimDue( db: Db, { free, mostOfSite, held }: Places ): Promise< ClaimedWatch[] > {
	const claim = randomUUID();
	const { rows } = await sql< ClaimedWatch >`
		with due as (
			select s.site_id, s.owner, w.server, w.due_at, s.id = any(${ held }::uuid[]) as held
			from watches w join servers s on s.id = w.server
			where s.id = any(${ held }::uuid[]) or (
				w.due_at <= now() and (w.claimed_until is null or w.claimed_until <= now())
				and s.${ isOfPairedSite } and (s.sign_in <> 'supplied' or w.lent_until > now())
				and not exists (
					select 1 from jobs j where j.site_id = s.site_id and j.server_id = s.server_id
					and j.state in ('queued', 'running')
				)
			)
		), by_owner as (
			select *, row_number() over (partition by site_id, owner order by held desc, due_at) as of_owner from due
		), by_site as (
			select *, row_number() over (partition by site_id order by held desc, of_owner, due_at) as of_site from by_owner
		)
		update watches set claim = ${ claim }, claimed_until = now() + make_interval(secs => ${ claimSeconds })
		where server in (
			select server from watches where server in (
				select server from by_site where not held and of_site <= ${ mostOfSite }
				order by of_site, due_at limit ${ free }
			) and (claimed_until is null or claimed_until <= now()) for update skip locked
		)
		returning *
	`.execute( db );
	return rows;
}

/** Writes what a look found and lets go of the server; false where another worker has taken it over. */
export async function endLook(
	db: Db,
	{ server, claim }: Pick< ClaimedWatch, 'server' | 'claim' >,
	found: {
		state: string;
		reason: string | null;
		since: Date;
		lookedAt: Date | null;
		incident: Suspicion | null;
		nextLookMs: number;
	}
): Promise< boolean > {
	const { numUpdatedRows } = await db
		.updateTable( 'watches' )
		.set( {
			claim: null,
			claimedUntil: null,
			state: found.state,
			reason: found.reason,
			since: found.since,
			...( found.lookedAt ? { lookedAt: found.lookedAt } : {} ),
			incident: found.incident === null ? null : json( found.incident ),
			dueAt: sql< Date >`now() + make_interval(secs => ${ found.nextLookMs / 1000 })`,
		} )
		.where( 'server', '=', server )
		.where( 'claim', '=', claim )
		.executeTakeFirst();
	return numUpdatedRows > 0n;
}

/** Lets go of a server about which a look has said nothing. */
export async function putOffLook(
	db: Db,
	{ server, claim }: Pick< ClaimedWatch, 'server' | 'claim' >,
	ms: number
): Promise< void > {
	await sql`
		update watches set claim = null, claimed_until = null, due_at = now() + make_interval(secs => ${ ms / 1000 })
		where server = ${ server } and claim = ${ claim }
	`.execute( db );
}

/** Whatever a job did, the next look follows at once. */
export async function lookSoon( db: Db, { siteId, serverId }: { siteId: string; serverId: number } ): Promise< void > {
	await sql`
		update watches set due_at = now() where server in (
			select id from servers where site_id = ${ siteId } and server_id = ${ serverId }
		)
	`.execute( db );
}

export function watchOf( db: Db, server: string ): Promise< Watch | undefined > {
	return db.selectFrom( 'watches' ).selectAll().where( 'server', '=', server ).executeTakeFirst();
}

/** By the id of the server's row. */
export async function watchesOf( db: Db, servers: readonly string[] ): Promise< Map< string, Watch > > {
	const rows = servers.length
		? await db.selectFrom( 'watches' ).selectAll().where( 'server', 'in', servers ).execute()
		: [];
	return new Map( rows.map( ( row ) => [ row.server, row ] ) );
}

/** Servers of paired sites whose last look that reached them is so long ago, and that are not known to be out of reach. */
export async function notLookedAt(
	db: Db,
	minutes: number
): Promise< { server: string; siteId: string; lookedAt: Date }[] > {
	const { rows } = await sql< { server: string; siteId: string; lookedAt: Date } >`
		select w.server, s.site_id, w.looked_at from watches w join servers s on s.id = w.server
		where w.looked_at < now() - make_interval(mins => ${ minutes })
		and w.state is distinct from 'unreachable' and s.${ isOfPairedSite }
	`.execute( db );
	return rows;
}
