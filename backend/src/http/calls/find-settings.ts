import { forSite } from '../../db/for-site.ts';
import { holdServer } from '../../db/servers.ts';
import { askOn } from '../../jobs/on-server.ts';
import { heldFor } from '../../servers/caller.ts';
import { accepted } from '../../views/answers.ts';
import type { Call } from '../call.ts';

/** Asks a mail domain for its server. Reaches no server of the site, so none need be connected. */
export const findSettings: Call< 'findSettings' > = ( app, { address }, caller ) =>
	forSite( app.db, caller.site, async ( tx ) => {
		const server = await holdServer( tx, app.vault, heldFor( caller ) );
		const asked = { request: { verb: 'find_settings', address } } as const;
		return accepted( await askOn( app, tx, server, asked, { ...caller, connection: null } ) );
	} );
