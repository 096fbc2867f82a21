import { currentJobs } from '../../db/jobs.ts';
import { serversOf } from '../../db/servers-of-site.ts';
import { watchesOf } from '../../db/watches.ts';
import { serverRows } from '../../views/servers.ts';
import type { Call } from '../call.ts';

/** A row for each of the servers asked for. */
export const listServers: Call< 'listServers' > = async ( { db, vault }, { ids }, caller ) => {
	const serverIds = ids.split( ',' ).map( Number );
	const rows = await serversOf( db, vault, caller.site.id, serverIds );
	const servers = new Map( rows.map( ( server ) => [ server.serverId, server ] ) );
	const jobs = await currentJobs( db, caller.site.id, serverIds );
	const watches = await watchesOf(
		db,
		rows.map( ( { id } ) => id )
	);
	const known = serverIds.map( ( serverId ) => {
		const server = servers.get( serverId );
		return { serverId, server, job: jobs.get( serverId ), watch: server && watches.get( server.id ) };
	} );
	return serverRows( known, caller );
};
