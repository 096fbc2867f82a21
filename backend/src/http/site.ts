import type { ResponseOf } from '@email-gateway/shared';
import { version, type App } from '../app.ts';
import { note } from '../db/audit.ts';
import { countServers } from '../db/servers.ts';
import { moveSite, revokeSite } from '../db/sites.ts';
import { isKeyBesideData } from '../vault/master-key.ts';
import type { Caller } from './mount.ts';

export async function readSite( { db, database, config }: App, { site }: Caller ): Promise< ResponseOf< 'readSite' > > {
	const servers = await countServers( db, site.id );
	return {
		siteUrl: site.url,
		pairedAt: site.pairedAt.toISOString(),
		keyExpiresAt: site.keyExpiresAt?.toISOString() ?? null,
		...{ version, database: database.kind, keyBesideDatabase: isKeyBesideData( config ), servers },
	};
}

/** Takes the asking site's address as the paired one's. */
export async function confirmMove(
	{ db, vault }: App,
	{ site, actor }: Caller
): Promise< ResponseOf< 'confirmMove' > > {
	const detail = { from: site.url, to: actor.siteUrl };
	await db.transaction().execute( async ( tx ) => {
		await moveSite( tx, vault, site, actor.siteUrl );
		await note( tx, vault, { siteId: site.id, serverId: null, actor: actor.login, action: 'site_moved', detail } );
	} );
	return { siteUrl: actor.siteUrl };
}

/** Ends the pairing of the asking site. A copy at another address does not come here. */
export async function endPairing( { db, vault }: App, { site, actor }: Caller ): Promise< ResponseOf< 'endPairing' > > {
	await db.transaction().execute( async ( tx ) => {
		await revokeSite( tx, vault, site );
		await note( tx, vault, { siteId: site.id, serverId: null, actor: actor.login, action: 'pairing_ended' } );
	} );
	return { ended: true };
}
