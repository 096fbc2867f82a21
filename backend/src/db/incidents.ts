import type { AlertTrouble } from '@email-gateway/shared';
import { randomUUID } from 'node:crypto';
import { sql, type Selectable } from 'kysely';
import { GatewayError } from '../errors.ts';
import { topicText, type Topic } from '../incidents/key.ts';
import type { Vault } from '../vault/vault.ts';
import type { IncidentDetail, IncidentTable } from './alert-tables.ts';
import { json, type Db } from './tables.ts';

export type IncidentRow = Selectable< IncidentTable >;

/** An incident with the server that it is of. */
export interface IncidentOfServer extends IncidentRow {
	/** Post id; null: it is of no server. */
	serverId: number | null;
	host: string | null;
	owner: number | null;
	/** Since when the server has this owner; null: always. */
	handedAt: Date | null;
	/** What the last look made of the server. */
	serverState: string | null;
}

/** What has the same is told together. Keyed, since a topic names hosts and users. */
export const keyOf = ( vault: Pick< Vault, 'digest' >, topic: Topic ): string =>
	vault.digest( topicText( topic ) ).slice( 0, 32 );

export interface OpenIncidentInput {
	id?: string;
	siteId: string;
	server: string | null;
	kind: string;
	subject?: string;
	key: string;
	trouble: AlertTrouble;
	seenAt: Date;
	openedAt?: Date;
	detail: IncidentDetail;
}

/** Opens an incident, or says what is known by now of the one that is open. What it is told with stays. */
export async function keepIncident(
	db: Db,
	{ id = randomUUID(), subject = '', openedAt = new Date(), detail, ...rest }: OpenIncidentInput
): Promise< void > {
	await db
		.insertInto( 'incidents' )
		.values( { id, subject, openedAt, endedAt: null, delivered: null, detail: json( detail ), ...rest } )
		.onConflict( ( conflict ) =>
			conflict
				.expression( sql`site_id, kind, subject, coalesce(server, site_id)` )
				.where( 'endedAt', 'is', null )
				.doUpdateSet( { trouble: rest.trouble, detail: json( detail ) } )
		)
		.execute();
}

/** Ends what is open of a kind, at a server or a site. */
export async function endIncident(
	db: Db,
	of: { siteId: string; server: string | null; kind: string; subject?: string },
	delivered: number | null = null
): Promise< void > {
	await db
		.updateTable( 'incidents' )
		.set( { endedAt: new Date(), delivered } )
		.where( 'siteId', '=', of.siteId )
		.where( 'server', 'is not distinct from', of.server )
		.where( 'kind', '=', of.kind )
		.where( 'subject', '=', of.subject ?? '' )
		.where( 'endedAt', 'is', null )
		.execute();
}

const withServer = sql`
	select i.*, s.server_id, s.host, s.owner, s.handed_at, w.state as server_state
	from incidents i left join servers s on s.id = i.server left join watches w on w.server = i.server
`;

/** Of a site, those that began first in front. */
export async function openIncidentsOf( db: Db, siteId: string ): Promise< IncidentOfServer[] > {
	const { rows } = await sql< IncidentOfServer >`
		${ withServer } where i.site_id = ${ siteId } and i.ended_at is null order by i.opened_at, i.id
	`.execute( db );
	return rows;
}

/** What is open of some kinds, at all sites. */
export const openOfKinds = ( db: Db, kinds: readonly string[] ): Promise< IncidentRow[] > =>
	db.selectFrom( 'incidents' ).selectAll().where( 'kind', 'in', kinds ).where( 'endedAt', 'is', null ).execute();

/** What is open of some kinds at a server. */
export const openAt = (
	db: Db,
	{ siteId, server, kinds }: { siteId: string; server: string; kinds: readonly string[] }
): Promise< IncidentRow[] > =>
	db
		.selectFrom( 'incidents' )
		.selectAll()
		.where( 'siteId', '=', siteId )
		.where( 'kind', 'in', kinds )
		.where( 'server', '=', server )
		.where( 'endedAt', 'is', null )
		.execute();

/** What the first alert that is open at each of some servers says; what is of a `said` kind is not asked for. */
export async function openAlertsAt(
	db: Db,
	servers: readonly string[],
	said: readonly string[]
): Promise< Map< string, AlertTrouble > > {
	const rows = await db
		.selectFrom( 'incidents' )
		.select( [ 'server', 'trouble' ] )
		.where( 'server', 'in', [ ...servers, randomUUID() ] )
		.where( 'kind', 'not in', said )
		.where( 'endedAt', 'is', null )
		.orderBy( 'openedAt', 'desc' )
		.execute();
	return new Map( rows.map( ( { server, trouble } ) => [ server ?? '', trouble ] ) );
}

/** The first that is open with a key. Errors: not_found. */
export async function openIncident( db: Db, of: { siteId: string; key: string } ): Promise< IncidentOfServer > {
	const found = ( await openIncidentsOf( db, of.siteId ) ).find( ( { key } ) => key === of.key );
	if ( ! found ) {
		throw new GatewayError( 'not_found' );
	}
	return found;
}

/** By id, ended ones, too. */
export async function incidentsById( db: Db, ids: readonly string[] ): Promise< IncidentOfServer[] > {
	const { rows } = await sql< IncidentOfServer >`
		${ withServer } where i.id = any(${ ids }::uuid[]) order by i.opened_at, i.id
	`.execute( db );
	return rows;
}

/** What is open at servers that are no longer watched ends untold; what ended long ago is forgotten. */
export async function tidyIncidents( db: Db ): Promise< void > {
	await sql`
		delete from incidents where ended_at is null and server is not null
		and server not in (select server from watches)
	`.execute( db );
	await sql`delete from incidents where ended_at < now() - interval '30 days'`.execute( db );
	await sql`delete from alert_hushes where coalesce(muted_until, acknowledged_at) < now() - interval '90 days'`.execute(
		db
	);
}
