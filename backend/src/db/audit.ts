import { auditPageSize, type AuditAction, type AuditEntry, type EventDetail } from '@email-gateway/shared';
import { GatewayError } from '../errors.ts';
import type { Vault } from '../vault/vault.ts';
import { auditHash, headMac, isGenuineHead, noHash, type AuditRow, type Head } from './audit-chain.ts';
import type { ServerRef } from './servers.ts';
import { json, type Db } from './tables.ts';

export interface NewAuditEntry {
	siteId: string;
	serverId: number | null;
	/** Login of who did it. */
	actor: string;
	action: AuditAction;
	detail?: EventDetail;
}

/**
 * Notes who did what. `detail` never holds a secret. Call it in the transaction that does it: what cannot be noted is
 * not done. Errors: audit_not_written.
 */
export async function note( tx: Db, vault: Vault, entry: NewAuditEntry ): Promise< void > {
	try {
		await append( tx, vault, await holdHead( tx, vault, entry.siteId ), entry );
	} catch ( cause ) {
		throw Object.assign( new GatewayError( 'audit_not_written', {}, 'nothing' ), { cause } );
	}
}

/** The end of a site's chain, held until the transaction ends. Where something else wrote it, that is noted first. */
async function holdHead( tx: Db, vault: Vault, siteId: string ): Promise< Head > {
	const none = { siteId, entries: 0, hash: noHash };
	await tx
		.insertInto( 'auditHeads' )
		.values( { ...none, mac: headMac( vault, none ) } )
		.onConflict( ( conflict ) => conflict.doNothing() )
		.execute();
	const head = await tx
		.selectFrom( 'auditHeads' )
		.selectAll()
		.where( 'siteId', '=', siteId )
		.forUpdate()
		.executeTakeFirstOrThrow();
	const last = await tx
		.selectFrom( 'audit' )
		.select( [ 'seq', 'hash' ] )
		.where( 'siteId', '=', siteId )
		.orderBy( 'seq', 'desc' )
		.limit( 1 )
		.executeTakeFirst();
	const isWhole = ( last?.seq ?? 0 ) === head.entries && ( last?.hash ?? noHash ) === head.hash;
	if ( isWhole && isGenuineHead( vault, head ) ) {
		return head;
	}
	// it goes on after whatever is there, and never again looks as if nothing had happened
	const entries = Math.max( last?.seq ?? 0, head.entries );
	const broken = { siteId, serverId: null, actor: '', action: 'audit_broken' } as const;
	return append( tx, vault, { siteId, entries, hash: last?.hash ?? noHash }, broken );
}

async function append(
	tx: Db,
	vault: Vault,
	{ entries, hash: before }: Head,
	{ siteId, serverId, actor, action, detail = {} }: NewAuditEntry
): Promise< Head > {
	const row = { seq: entries + 1, at: new Date(), siteId, serverId, actor, action, detail };
	const hash = auditHash( before, row );
	await tx
		.insertInto( 'audit' )
		.values( { ...row, hash, detail: json( detail ) } )
		.execute();
	const head = { siteId, entries: row.seq, hash };
	await tx
		.updateTable( 'auditHeads' )
		.set( { ...head, mac: headMac( vault, head ) } )
		.where( 'siteId', '=', siteId )
		.execute();
	return head;
}

/**
 * What was done to one server, newest first; only what is older than the entry `before`, unless that is 0.
 * @param since nothing of before it
 */
export async function auditOf(
	db: Db,
	{ siteId, serverId }: ServerRef,
	{ before, since = null }: { before: number; since?: Date | null }
): Promise< { entries: AuditEntry[]; next: number | null } > {
	let query = db
		.selectFrom( 'audit' )
		.select( [ 'id', 'at', 'actor', 'action', 'detail' ] )
		.where( 'siteId', '=', siteId )
		.where( 'serverId', '=', serverId )
		.orderBy( 'id', 'desc' )
		.limit( auditPageSize + 1 );
	if ( before > 0 ) {
		query = query.where( 'id', '<', before );
	}
	if ( since ) {
		query = query.where( 'at', '>=', since );
	}
	return pageOf( await query.execute(), auditPageSize, ( row ) => ( { ...row, at: row.at.toISOString() } ) );
}

/** When something was last done to a site itself. */
export async function lastOfSite(
	tx: Db,
	{ siteId, action }: Pick< NewAuditEntry, 'siteId' | 'action' >
): Promise< Date | null > {
	const last = await tx
		.selectFrom( 'audit' )
		.select( 'at' )
		.where( 'siteId', '=', siteId )
		.where( 'serverId', 'is', null )
		.where( 'action', '=', action )
		.orderBy( 'id', 'desc' )
		.limit( 1 )
		.executeTakeFirst();
	return last?.at ?? null;
}

/** How often something was done to a site itself within the last hour, by one person and by all. */
export async function doneWithinAnHour(
	tx: Db,
	{ siteId, action, actor }: Pick< NewAuditEntry, 'siteId' | 'action' | 'actor' >
): Promise< { byPerson: number; byAll: number } > {
	const rows = await tx
		.selectFrom( 'audit' )
		.select( 'actor' )
		.where( 'siteId', '=', siteId )
		.where( 'serverId', 'is', null )
		.where( 'action', '=', action )
		.where( 'at', '>', new Date( Date.now() - 3600_000 ) )
		.execute();
	return { byPerson: rows.filter( ( row ) => row.actor === actor ).length, byAll: rows.length };
}

/** The rows of one page, of which one more than its size was read. */
export function pageOf< Row extends Pick< AuditRow, 'id' >, Entry >(
	rows: Row[],
	size: number,
	entryOf: ( row: Row ) => Entry
): { entries: Entry[]; next: number | null } {
	const shown = rows.slice( 0, size );
	return { entries: shown.map( entryOf ), next: rows.length > size ? shown.at( -1 )?.id ?? null : null };
}
