import { currentJobs } from '../../db/jobs.ts';
import { serverOf, unknownServer } from '../../db/servers.ts';
import { refOf } from '../../servers/caller.ts';
import { viewFor } from '../../views/for.ts';
import type { Call } from '../call.ts';

/** Everything one server's screen shows. */
export const readServer: Call< 'readServer' > = async ( app, _input, caller ) => {
	const ref = refOf( caller );
	const server = ( await serverOf( app.db, app.vault, ref ) ) ?? unknownServer( ref );
	const jobs = await currentJobs( app.db, ref.siteId, [ ref.serverId ] );
	const view = await viewFor( app, caller, server );
	return view.screen( server, jobs.get( ref.serverId ) );
};
