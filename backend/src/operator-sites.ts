import type { App } from './app.ts';
import { note } from './db/audit.ts';
import { allSites, letKeyExpire, revokeSite, siteById, type Site } from './db/sites.ts';
import { isGenuineSite } from './db/genuine.ts';
import type { Db } from './db/tables.ts';

type Parts = Pick< App, 'db' | 'vault' >;

/** Every site that ever paired, and what its key is good for. */
export async function listSites( { db, vault }: Parts ): Promise< { sites: object[] } > {
	const sites = await allSites( db );
	return { sites: sites.map( ( site ) => ( { ...viewOf( site ), genuine: isGenuineSite( vault, site ) } ) ) };
}

/** Ends a site: nothing that its key signs is accepted from now on. */
export function endSite( { db, vault }: Parts, asked: URLSearchParams ): Promise< object > {
	return withSite( { db, vault }, asked, async ( tx, site ) => {
		await revokeSite( tx, vault, site );
		await note( tx, vault, { siteId: site.id, serverId: null, actor: '', action: 'pairing_ended' } );
	} );
}

/** Lets a site's key end in some days. */
export function expireSite( { db, vault }: Parts, asked: URLSearchParams ): Promise< object > {
	const days = Number( asked.get( 'days' ) );
	if ( ! ( days >= 0 && days <= 3650 ) ) {
		throw new Error( 'days must be a number from 0 to 3650' );
	}
	return withSite( { db, vault }, asked, async ( tx, site ) => {
		await letKeyExpire( tx, vault, site, new Date( Date.now() + days * 86_400_000 ) );
		await note( tx, vault, {
			siteId: site.id,
			serverId: null,
			actor: '',
			action: 'key_expiry_set',
			detail: { days },
		} );
	} );
}

function withSite(
	{ db, vault }: Parts,
	asked: URLSearchParams,
	act: ( tx: Db, site: Site ) => Promise< void >
): Promise< object > {
	return db.transaction().execute( async ( tx ) => {
		const id = asked.get( 'id' ) ?? '';
		await act( tx, await siteById( tx, vault, id ) );
		return viewOf( await siteById( tx, vault, id ) );
	} );
}

const viewOf = ( { id, url, name, keyId, pairedAt, revokedAt, keyExpiresAt: expiresAt }: Site ) => ( {
	...{ id, url, name, keyId, pairedAt, revokedAt, expiresAt },
} );
