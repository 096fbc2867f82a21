import { serverOf, unknownServer } from '../../db/servers.ts';
import { refOf } from '../../servers/caller.ts';
import { sitesFor } from '../../views/sites.ts';
import type { Call } from '../call.ts';

/** Who sends on a server, and which sites they have there. */
export const readSites: Call< 'readSites' > = async ( app, _input, caller ) => {
	const ref = refOf( caller );
	const server = ( await serverOf( app.db, app.vault, ref ) ) ?? unknownServer( ref );
	return sitesFor( app, caller, server );
};
