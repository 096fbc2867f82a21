import { createHash } from 'node:crypto';
import type { Selectable } from 'kysely';
import { canonical } from '../vault/canonical.ts';
import type { Vault } from '../vault/vault.ts';
import type { AuditHeadTable, AuditTable, Db } from './tables.ts';

// Each entry's hash covers the entry and the hash before it, so that one that is changed, deleted or put in between
// shows. The end of the chain carries a proof that we wrote it: who can write to the database, and has no master key,
// cannot make another chain that ends right.

export type AuditRow = Selectable< AuditTable >;
export type Head = Pick< Selectable< AuditHeadTable >, 'siteId' | 'entries' | 'hash' >;

/** Of nothing, before the first entry. */
export const noHash = '';

/** Anybody can compute it of an export, without a key: SHA-256, hex, over the JSON of [ hash before, entry ], names sorted. */
export function auditHash( before: string, row: Omit< AuditRow, 'id' | 'hash' > ): string {
	const { seq, at, siteId, serverId, actor, action, detail } = row;
	const entry = { seq, at, siteId, serverId, actor, action, detail };
	return createHash( 'sha256' )
		.update( canonical( [ before, entry ] ) )
		.digest( 'hex' );
}

export const headMac = ( vault: Vault, { siteId, entries, hash }: Head ): string =>
	vault.mac( 'audit', [ siteId, entries, hash ] );

export const isGenuineHead = ( vault: Vault, { mac, siteId, entries, hash }: Selectable< AuditHeadTable > ) =>
	vault.isMacOf( mac, 'audit', [ siteId, entries, hash ] );

/** Chains what a release before 0.2.0 kept, as it is now: nobody can tell who wrote it. */
export async function chainAudit( db: Db, vault: Vault ): Promise< void > {
	const sites = await db.selectFrom( 'audit' ).select( 'siteId' ).distinct().execute();
	for ( const { siteId } of sites ) {
		let head: Head = { siteId, entries: 0, hash: noHash };
		const rows = await db
			.selectFrom( 'audit' )
			.selectAll()
			.where( 'siteId', '=', siteId )
			.orderBy( 'id' )
			.execute();
		for ( const row of rows ) {
			const seq = head.entries + 1;
			const hash = auditHash( head.hash, { ...row, seq } );
			await db.updateTable( 'audit' ).set( { seq, hash } ).where( 'id', '=', row.id ).execute();
			head = { siteId, entries: seq, hash };
		}
		await db
			.insertInto( 'auditHeads' )
			.values( { ...head, mac: headMac( vault, head ) } )
			.execute();
	}
}
