import { z } from 'zod';
import { endpoint, serverIds } from './endpoint.ts';
import { entriesRequest, fleetPage, fleetQuery } from './fleet.ts';
import { serverSummary } from './servers.ts';

/** All servers of a site together. */
export const endpointsOfFleet = {
	listServers: endpoint( {
		method: 'GET',
		path: '/servers',
		access: 'run_gateway',
		summary: 'One row for each of at most 100 servers',
		status: 200,
		errors: [],
		request: z.strictObject( { ids: serverIds } ),
		response: z.object( { servers: z.array( serverSummary ) } ),
	} ),
	findServers: endpoint( {
		method: 'GET',
		path: '/fleet',
		access: 'run_gateway',
		summary: 'A page of servers, filtered and sorted; WordPress says which there are for this person',
		notForBrowsers: true,
		status: 200,
		/** forbidden: also for all servers of a site, where the person does not manage it. */
		errors: [],
		request: fleetQuery,
		response: fleetPage,
	} ),
	mirrorServers: endpoint( {
		method: 'PUT',
		path: '/fleet/entries',
		access: 'manage_site',
		summary: 'Takes names and owners of the servers in a range of ids; what WordPress does not name there is gone',
		notForBrowsers: true,
		status: 200,
		errors: [],
		request: entriesRequest,
		response: z.object( { changed: z.number() } ),
	} ),
} as const;
