import { z } from 'zod';
import { errorsOfReadyServer } from './endpoint-errors.ts';
import { accepted, endpoint, nothing } from './endpoint.ts';
import { capChoice } from './caps.ts';
import { heldChoices, pauseKinds, siteUid, sitesOfServer } from './sites.ts';

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
	pauseSite: endpoint( {
		method: 'POST',
		path: '/servers/:serverId/sites/pause',
		access: 'run_gateway',
		summary:
			'Holds or refuses what a Unix user sends, from the next mail on, and holds what they have queued (job)',
		status: 202,
		/** not_found: a user without a site and without mail, root, or Postfix itself. */
		errors: [ ...errorsOfReadyServer, 'gateway_not_installed', 'not_found' ],
		sendsConnection: true,
		request: z.strictObject( { uid: siteUid, how: z.enum( pauseKinds ).default( 'hold' ) } ),
		response: accepted,
	} ),
	capSite: endpoint( {
		method: 'POST',
		path: '/servers/:serverId/sites/cap',
		access: 'run_gateway',
		summary:
			'Sets how much a Unix user, or each without a cap of their own, may send before the rest is held (job)',
		status: 202,
		/** not_found: as of pauseSite. */
		errors: [ ...errorsOfReadyServer, 'gateway_not_installed', 'not_found' ],
		sendsConnection: true,
		request: z.strictObject( { uid: siteUid.nullable(), cap: capChoice } ),
		response: accepted,
	} ),
	resumeSite: endpoint( {
		method: 'POST',
		path: '/servers/:serverId/sites/resume',
		access: 'run_gateway',
		summary: 'Lets a paused Unix user send again, and releases, deletes or keeps their held mail (job)',
		status: 202,
		/** not_found: sending of that user is neither paused nor held by a cap. */
		errors: [ ...errorsOfReadyServer, 'gateway_not_installed', 'not_found' ],
		sendsConnection: true,
		request: z.strictObject( { uid: siteUid, held: z.enum( heldChoices ) } ),
		response: accepted,
	} ),
} as const;
