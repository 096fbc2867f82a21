import { siteAuditPageSize, type SiteAuditEntry } from '@email-gateway/shared';
import type { Vault } from '../vault/vault.ts';
import { auditHash, isGenuineHead, noHash, type AuditRow } from './audit-chain.ts';
import { pageOf } from './audit.ts';
import type { Db } from './tables.ts';

const entryOf = ( { id, seq, at, siteId, serverId, actor, action, detail, hash }: AuditRow ): SiteAuditEntry => ( {
	...{ id, seq, at: at.toISOString(), siteId: siteId, serverId: serverId, actor, action, detail, hash },
} );

/** What was done to a whole site and its servers, those that were deleted, too: newest first, as `auditOf`. */
export async function auditOfSite(
	db: Db,
	siteId: string,
	{ before }: { before: number }
): Promise< { entries: SiteAuditEntry[]; next: number | null } > {
	let query = db
		.selectFrom( 'audit' )
		.selectAll()
		.where( 'siteId', '=', siteId )
		.orderBy( 'id', 'desc' )
		.limit( siteAuditPageSize + 1 );
	if ( before > 0 ) {
		query = query.where( 'id', '<', before );
	}
	return pageOf( await query.execute(), siteAuditPageSize, entryOf );
}

/** Of every site, or of one, oldest first; `next` is `after` for the next page. */
export async function exportAudit(
	db: Db,
	{ siteId, from, to, after }: { siteId: string | null; from: Date; to: Date; after: number }
): Promise< { entries: SiteAuditEntry[]; next: number | null } > {
	let query = db
		.selectFrom( 'audit' )
		.selectAll()
		.where( 'id', '>', after )
		.where( 'at', '>=', from )
		.where( 'at', '<', to )
		.orderBy( 'id' )
		.limit( siteAuditPageSize + 1 );
	if ( siteId !== null ) {
		query = query.where( 'siteId', '=', siteId );
	}
	return pageOf( await query.execute(), siteAuditPageSize, entryOf );
}

/** The first entry that is not as it was written, and what is wrong: `seq` is where it stands or would have to stand. */
export interface Break {
	siteId: string;
	seq: number;
	problem: 'changed' | 'missing' | 'broken_before' | 'begins_late' | 'not_as_exported';
}

/** An entry of an earlier export, which must still be there. */
export type Known = Pick< SiteAuditEntry, 'siteId' | 'seq' | 'hash' >;

/** Reads every chain from its beginning. Resolves with how many entries were read, and the first break of each site. */
export async function verifyAudit(
	db: Db,
	vault: Vault,
	known: readonly Known[]
): Promise< { entries: number; breaks: Break[] } > {
	const sites = await db
		.selectFrom( 'sites' )
		.select( 'id' )
		.union( db.selectFrom( 'audit' ).select( 'siteId as id' ) )
		.union( db.selectFrom( 'auditHeads' ).select( 'siteId as id' ) )
		.execute();
	const all = new Set( [ ...sites.map( ( { id } ) => id ), ...known.map( ( { siteId } ) => siteId ) ] );
	const found = await Promise.all(
		[ ...all ].map( ( siteId ) =>
			verifyChain(
				db,
				vault,
				siteId,
				known.filter( ( one ) => one.siteId === siteId )
			)
		)
	);
	return {
		entries: found.reduce( ( sum, { entries } ) => sum + entries, 0 ),
		breaks: found.flatMap( ( { broken } ) => broken ?? [] ),
	};
}

async function verifyChain(
	db: Db,
	vault: Vault,
	siteId: string,
	known: readonly Known[]
): Promise< { entries: number; broken: Break | null } > {
	const exported = new Map( known.map( ( { seq, hash } ) => [ seq, hash ] ) );
	const breakAt = ( seq: number, problem: Break[ 'problem' ] ) => ( { siteId, seq, problem } );
	let [ last, lastId, hash ] = [ 0, 0, noHash ];
	for (;;) {
		const ofSite = db.selectFrom( 'audit' ).selectAll().where( 'siteId', '=', siteId );
		// all of them the first time: none of ours stands before the first; after it also what was given the number of the
		// last one read, which nothing but an index keeps apart
		const next =
			last === 0
				? ofSite
				: ofSite.where( ( { eb, and, or } ) =>
						or( [ eb( 'seq', '>', last ), and( [ eb( 'seq', '=', last ), eb( 'id', '!=', lastId ) ] ) ] )
				  );
		const rows = await next.orderBy( 'seq' ).limit( siteAuditPageSize ).execute();
		for ( const row of rows ) {
			const problem = problemOf( row, { last, lastId, hash, exported } );
			if ( problem ) {
				return { entries: last, broken: breakAt( problem === 'missing' ? last + 1 : row.seq, problem ) };
			}
			last = row.seq;
			lastId = row.id;
			hash = row.hash;
		}
		if ( rows.length < siteAuditPageSize ) {
			break;
		}
	}
	const head = await db.selectFrom( 'auditHeads' ).selectAll().where( 'siteId', '=', siteId ).executeTakeFirst();
	const isEnd = head && isGenuineHead( vault, head ) && head.entries === last && head.hash === hash;
	const isShorter = known.some( ( { seq } ) => seq > last );
	return { entries: last, broken: ! isEnd || isShorter ? breakAt( last + 1, 'missing' ) : null };
}

function problemOf(
	row: AuditRow,
	{
		last,
		lastId,
		hash,
		exported,
	}: { last: number; lastId: number; hash: string; exported: ReadonlyMap< number, string > }
): Break[ 'problem' ] | null {
	if ( row.action === 'audit_broken' ) {
		return 'broken_before';
	}
	if ( row.seq > last + 1 ) {
		return 'missing';
	}
	// lists and exports go by the id: it grows with each entry of a site
	if ( row.seq < 1 || row.id <= lastId || row.hash !== auditHash( hash, row ) ) {
		return 'changed';
	}
	// a site begins by being paired: whoever deleted all, and had it begun once more, is seen
	if ( last === 0 && row.action !== 'site_paired' ) {
		return 'begins_late';
	}
	return exported.has( row.seq ) && exported.get( row.seq ) !== row.hash ? 'not_as_exported' : null;
}
