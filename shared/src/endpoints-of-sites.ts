import { endpoint, nothing } from './endpoint.ts';
import { sitesOfServer } from './sites.ts';

/** The WordPress sites on a server, and what their Unix users send. */
export const endpointsOfSites = {
	readSites: endpoint( {
		method: 'GET',
		path: '/servers/:serverId/sites',
		access: 'run_gateway',
		summary: 'The sites that the last look found on a server, by Unix user, with what they sent in 24 hours',
		status: 200,
		errors: [],
		request: nothing,
		response: sitesOfServer,
	} ),
} as const;
