import { note } from '../../db/audit.ts';
import { moveSite } from '../../db/sites.ts';
import { movedView } from '../../views/site.ts';
import type { Call } from '../call.ts';

/** Takes the asking site's address as the paired one's. */
export const confirmMove: Call< 'confirmMove' > = async ( { db, vault }, _input, { site, actor } ) => {
	const detail = { from: site.url, to: actor.siteUrl };
	await db.transaction().execute( async ( tx ) => {
		await moveSite( tx, vault, site, actor.siteUrl );
		await note( tx, vault, { siteId: site.id, serverId: null, actor: actor.login, action: 'site_moved', detail } );
	} );
	return movedView( actor.siteUrl );
};
