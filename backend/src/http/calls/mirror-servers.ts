import { note } from '../../db/audit.ts';
import { forSite } from '../../db/for-site.ts';
import { keepEntries } from '../../db/server-entries.ts';
import { changedView } from '../../views/answers.ts';
import type { Call } from '../call.ts';

/** Keeps how WordPress calls its servers and whose they are. Only what was not known yet is noted. */
export const mirrorServers: Call< 'mirrorServers' > = ( { db, vault }, request, caller ) =>
	forSite( db, caller.site, async ( tx ) => {
		const changed = await keepEntries( tx, caller.site.id, request );
		if ( changed > 0 ) {
			const serverId = request.firstId === request.lastId ? request.firstId : null;
			const entry = { siteId: caller.site.id, serverId, actor: caller.actor.login };
			await note( tx, vault, { ...entry, action: 'servers_named', detail: { count: changed } } );
		}
		return changedView( changed );
	} );
