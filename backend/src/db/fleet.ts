import { statesByUrgency, troubleStates, type FleetQuery } from '@email-gateway/shared';
import { sql, type RawBuilder } from 'kysely';
import { alertOpenInSql, hasGatewayInSql, stateInSql } from './fleet-state.ts';
import type { Db } from './tables.ts';

export interface FoundServers {
	serverIds: number[];
	found: number;
	all: number;
	trouble: number;
	withGateway: number;
}

/** Who looks: who manages the site knows of the jobs of former owners, and of backups, too. */
interface Looking {
	siteId: string;
	managesSite: boolean;
	/** What was seen before is not known any more. */
	knownSince: Date;
}

/**
 * A page of the servers of a site, and how many there are: one query filters, sorts and counts. What is counted is within
 * what this person may see.
 */
export async function findServers( db: Db, by: Looking, query: FleetQuery ): Promise< FoundServers > {
	const { page, size } = query;
	const isJobShown = by.managesSite ? sql`true` : sql`(s.handed_at is null or j.created_at >= s.handed_at)`;
	const { rows } = await sql< Record< keyof FoundServers, string | number[] | null > >`
		with known as materialized (
			select e.server_id, e.name, e.owner, s.host, s.last_test->>'at' as tested_at,
				${ stateInSql( by.knownSince, isJobShown ) } as state, ${ hasGatewayInSql } as has_gateway,
				${ alertOpenInSql( by.managesSite ) } as has_alert
			from (${ entries( by.siteId, query.within ) }) e
			left join servers s on s.site_id = ${ by.siteId } and s.server_id = e.server_id
			left join watches w on w.server = s.id
			left join (
				select distinct on (server_id) server_id, verb, created_at from jobs
				where site_id = ${ by.siteId } and state in ('queued', 'running')
				order by server_id, state = 'queued', created_at desc
			) j on j.server_id = e.server_id
		), matching as (
			select * from known where ${ sql.join( conditionsOf( query ), sql` and ` ) }
		)
		select
			(select count(*) from known) as "all",
			(select count(*) from known where ${ inTrouble }) as trouble,
			(select count(*) from known where has_gateway) as with_gateway,
			(select count(*) from matching) as found,
			(select json_agg(server_id) from (
				select server_id from matching order by ${ orderOf( query ) }
				limit ${ size } offset ${ ( page - 1 ) * size }
			) shown) as server_ids
	`.execute( db );
	const [ row ] = rows;
	return {
		serverIds: ( row?.serverIds ?? [] ) as number[],
		...{ found: Number( row?.found ), all: Number( row?.all ) },
		...{ trouble: Number( row?.trouble ), withGateway: Number( row?.withGateway ) },
	};
}

const listOf = ( words: readonly string[] ) => `{${ words.join( ',' ) }}`;

/** A server that is as it should be is in trouble, too, while an alert of it is open: a site over its cap, say. */
const inTrouble = sql`(has_alert or state = any(${ listOf( troubleStates ) }::text[]))`;

/** Those of the site; or exactly those that the person is said to see, though no name was told of one yet. */
const entries = ( siteId: string, within: string | undefined ) =>
	within === undefined
		? sql`select server_id, name, owner from server_entries where site_id = ${ siteId }`
		: sql`
			select i.server_id, coalesce(n.name, '') as name, n.owner
			from unnest(${ `{${ within }}` }::bigint[]) i(server_id)
			left join server_entries n on n.site_id = ${ siteId } and n.server_id = i.server_id
		`;

function conditionsOf( { search, state, trouble, gateway, owner }: FleetQuery ): RawBuilder< unknown >[] {
	const part = `%${ ( search ?? '' ).trim().replace( /[\\%_]/g, '\\$&' ) }%`;
	return [
		sql`true`,
		...( part === '%%' ? [] : [ sql`(name ilike ${ part } or host ilike ${ part })` ] ),
		...( state ? [ sql`state = ${ state }` ] : [] ),
		...( trouble ? [ inTrouble ] : [] ),
		...( gateway ? [ sql`has_gateway = ${ gateway === 'yes' }` ] : [] ),
		...( owner === undefined ? [] : [ sql`owner = ${ owner }` ] ),
	];
}

function orderOf( { sort, order }: FleetQuery ): RawBuilder< unknown > {
	const column = {
		name: sql`lower(name)`,
		host: sql`lower(host)`,
		state: sql`array_position(${ listOf( statesByUrgency ) }::text[], state)`,
		tested: sql`tested_at`,
	}[ sort ];
	// what has nothing to be sorted by comes last either way
	return sql`${ column } ${ sql.raw( order ) } nulls last, lower(name), server_id`;
}
