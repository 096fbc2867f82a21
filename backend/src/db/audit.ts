import { auditPageSize, type AuditAction, type AuditEntry, type EventDetail } from '@email-gateway/shared';
import type { ServerRef } from './servers.ts';
import type { Db } from './tables.ts';

export interface NewAuditEntry {
	siteId: string;
	serverId: number | null;
	/** Login of who did it. */
	actor: string;
	action: AuditAction;
	detail?: EventDetail;
}

/** Notes who did what. `detail` never holds a secret. */
export async function note( db: Db, { siteId, serverId, actor, action, detail = {} }: NewAuditEntry ): Promise< void > {
	await db
		.insertInto( 'audit' )
		.values( {
			at: new Date(),
			site_id: siteId,
			server_id: serverId,
			actor,
			action,
			detail: JSON.stringify( detail ),
		} )
		.execute();
}

/** What was done to one server, newest first; only what is older than the entry `before`, unless that is 0. */
export async function auditOf(
	db: Db,
	{ siteId, serverId }: ServerRef,
	{ before }: { before: number }
): Promise< { entries: AuditEntry[]; next: number | null } > {
	let query = db
		.selectFrom( 'audit' )
		.select( [ 'id', 'at', 'actor', 'action', 'detail' ] )
		.where( 'site_id', '=', siteId )
		.where( 'server_id', '=', serverId )
		.orderBy( 'id', 'desc' )
		.limit( auditPageSize + 1 );
	if ( before > 0 ) {
		query = query.where( 'id', '<', before );
	}
	const rows = await query.execute();
	const entries = rows.slice( 0, auditPageSize ).map( ( row ) => ( { ...row, at: row.at.toISOString() } ) );
	return { entries, next: rows.length > auditPageSize ? entries.at( -1 )?.id ?? null : null };
}
