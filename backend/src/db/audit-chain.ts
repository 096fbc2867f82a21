import { createHash } from 'node:crypto';
import type { Selectable } from 'kysely';
import { canonical } from '../vault/canonical.ts';
import type { Vault } from '../vault/vault.ts';
import type { AuditHeadTable, AuditTable, Db } from './tables.ts';

// Each entry's hash covers the entry and the hash before it, so that one that is changed, deleted or put in between
// shows. The end of the chain carries a proof that we wrote it: who can write to the database, and has no master key,
// cannot make another chain that ends right.

export type AuditRow = Selectable< AuditTable >;
export type Head = Pick< Selectable< AuditHeadTable >, 'site_id' | 'entries' | 'hash' >;

/** Of nothing, before the first entry. */
export const noHash = '';

/** Anybody can compute it of an export, without a key: SHA-256, hex, over the JSON of [ hash before, entry ], names sorted. */
export function auditHash( before: string, row: Omit< AuditRow, 'id' | 'hash' > ): string {
	const { seq, at, site_id: siteId, server_id: serverId, actor, action, detail } = row;
	const entry = { seq, at, siteId, serverId, actor, action, detail };
	return createHash( 'sha256' )
		.update( canonical( [ before, entry ] ) )
		.digest( 'hex' );
}

export const headMac = ( vault: Vault, { site_id: siteId, entries, hash }: Head ): string =>
	vault.mac( 'audit', [ siteId, entries, hash ] );

export const isGenuineHead = ( vault: Vault, { mac, site_id: siteId, entries, hash }: Selectable< AuditHeadTable > ) =>
	vault.isMacOf( mac, 'audit', [ siteId, entries, hash ] );

/** Chains what a release before 0.2.0 kept, as it is now: nobody can tell who wrote it. */
export async function chainAudit( db: Db, vault: Vault ): Promise< void > {
	const sites = await db.selectFrom( 'audit' ).select( 'site_id' ).distinct().execute();
	for ( const { site_id } of sites ) {
		let head: Head = { site_id, entries: 0, hash: noHash };
		const rows = await db
			.selectFrom( 'audit' )
			.selectAll()
			.where( 'site_id', '=', site_id )
			.orderBy( 'id' )
			.execute();
		for ( const row of rows ) {
			const seq = head.entries + 1;
			const hash = auditHash( head.hash, { ...row, seq } );
			await db.updateTable( 'audit' ).set( { seq, hash } ).where( 'id', '=', row.id ).execute();
			head = { site_id, entries: seq, hash };
		}
		await db
			.insertInto( 'audit_heads' )
			.values( { ...head, mac: headMac( vault, head ) } )
			.execute();
	}
}
