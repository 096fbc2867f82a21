import type { App } from '../app.ts';
import { lastOfSite, note } from '../db/audit.ts';
import { isGenuineSite } from '../db/genuine.ts';
import { allSites, holdSite, isExpired, revokeSite } from '../db/sites.ts';
import type { Tx } from '../db/tables.ts';

/** Nobody uses the secrets of a site whose key has expired, and Pair Again needs them: they are kept for so long. */
const keptMs = 90 * 86_400_000;

type Parts = Pick< App, 'db' | 'log' | 'vault' >;

/**
 * Notes that keys of sites have expired, and ends each site 90 days after that was noted: a backend that was off for
 * long, or whose clock was wrong for a moment, deletes nothing at once.
 * @param now milliseconds since the epoch
 */
export async function endExpiredSites( parts: Parts, now: number ): Promise< void > {
	for ( const site of await allSites( parts.db ) ) {
		if ( site.revokedAt === null && isExpired( site, now ) && isGenuineSite( parts.vault, site ) ) {
			await parts.db.transaction().execute( ( tx ) => endExpired( parts, tx, { id: site.id, now } ) );
		}
	}
}

async function endExpired( { log, vault }: Parts, tx: Tx, { id, now }: { id: string; now: number } ): Promise< void > {
	const site = await holdSite( tx, id );
	// it may have paired again since it was listed
	if ( site.revokedAt !== null || ! isExpired( site, now ) ) {
		return;
	}
	const expired = { siteId: id, serverId: null, actor: '', action: 'key_expired' } as const;
	const noted = await lastOfSite( tx, expired );
	if ( ! noted || ( site.keyExpiresAt && noted < site.keyExpiresAt ) ) {
		await note( tx, vault, expired );
		log.info( { siteId: id, days: keptMs / 86_400_000 }, 'the key of a site has expired; its secrets are kept' );
	} else if ( now - noted.getTime() >= keptMs ) {
		await revokeSite( tx, vault, site );
		await note( tx, vault, { ...expired, action: 'pairing_ended', detail: { reason: 'key_expired' } } );
		log.info( { siteId: id }, 'the key of a site has been expired for 90 days: its secrets are deleted' );
	}
}
