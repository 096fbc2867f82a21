import { createHash } from 'node:crypto';
import type { SiteAuditEntry } from '@email-gateway/shared';
import { exportAudit, verifyAudit, type Known } from './db/audit-export.ts';
import type { App } from './app.ts';
import { canonical } from './vault/canonical.ts';

/** A page of the audit. Errors: an Error for a time that is none. */
export function pageOfAudit( { db }: Pick< App, 'db' >, asked: URLSearchParams ) {
	return exportAudit( db, {
		siteId: asked.get( 'site' ),
		from: timeOf( asked.get( 'from' ) ?? '0001-01-01' ),
		to: timeOf( asked.get( 'to' ) ?? '9999-12-31' ),
		after: Number( asked.get( 'after' ) ?? 0 ),
	} );
}

/** As of one moment, whatever is noted meanwhile. */
export const verify = ( { db, vault }: Pick< App, 'db' | 'vault' >, asked: URLSearchParams ) =>
	db
		.transaction()
		.setIsolationLevel( 'repeatable read' )
		.execute( ( tx ) => verifyAudit( tx, vault, JSON.parse( asked.get( 'known' ) ?? '[]' ) as Known[] ) );

function timeOf( text: string ): Date {
	const time = new Date( text );
	if ( Number.isNaN( time.getTime() ) ) {
		throw new Error( `${ text } is no time: write 2026-12-31 or 2026-12-31T08:00:00Z` );
	}
	return time;
}

/** Of an export, the last entry of each site, on which all before it depend. Errors: an Error that names a line that was changed since. */
export function lastOfEach( jsonLines: string ): Known[] {
	const last = new Map< string, SiteAuditEntry >();
	for ( const [ index, line ] of jsonLines.split( '\n' ).filter( Boolean ).entries() ) {
		const entry = JSON.parse( line ) as SiteAuditEntry;
		const before = last.get( entry.siteId );
		if ( before?.seq === entry.seq - 1 && ! isNext( before, entry ) ) {
			throw new Error( `Line ${ index + 1 } of the export is not as it was exported.` );
		}
		last.set( entry.siteId, entry );
	}
	return [ ...last.values() ].map( ( { siteId, seq, hash } ) => ( { siteId, seq, hash } ) );
}

function isNext( before: SiteAuditEntry, { id: _id, hash, ...entry }: SiteAuditEntry ): boolean {
	return (
		hash ===
		createHash( 'sha256' )
			.update( canonical( [ before.hash, entry ] ) )
			.digest( 'hex' )
	);
}
