import { serverRows } from '../../views/servers.ts';
import type { Call } from '../call.ts';

/** A row for each of the servers asked for. */
export const listServers: Call< 'listServers' > = ( app, { ids }, caller ) =>
	serverRows( app, ids.split( ',' ).map( Number ), caller );
