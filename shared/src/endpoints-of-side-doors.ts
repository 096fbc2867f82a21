import { z } from 'zod';
import { errorsOfReadyServer } from './endpoint-errors.ts';
import { accepted, endpoint } from './endpoint.ts';
import { mostClosedDoors } from './side-doors.ts';
import { siteUid } from './sites.ts';

/** Exactly these; none opens all. */
const request = z.strictObject( { uids: z.array( siteUid ).max( mostClosedDoors, { error: 'too_long' } ) } );

/** Users who reach mail servers through the gateway only. */
export const endpointsOfSideDoors = {
	previewDoors: endpoint( {
		method: 'POST',
		path: '/servers/:serverId/doors/preview',
		access: 'run_gateway',
		summary: 'What closing the side doors of these Unix users, and of no others, would change (job)',
		status: 202,
		/** not_found: see changeDoors; account_not_shown: as with previewChanges. */
		errors: [ ...errorsOfReadyServer, 'account_not_shown', 'gateway_not_installed', 'not_found' ],
		sendsConnection: true,
		request,
		response: accepted,
	} ),
	changeDoors: endpoint( {
		method: 'POST',
		path: '/servers/:serverId/doors',
		access: 'run_gateway',
		summary: 'Refuses connections to mail servers past the gateway to these Unix users, and to no others (job)',
		status: 202,
		/** not_found: one of them has no site, sent nothing, was not seen to connect, is root, or is Postfix. */
		errors: [ ...errorsOfReadyServer, 'gateway_not_installed', 'not_found' ],
		sendsConnection: true,
		request,
		response: accepted,
	} ),
} as const;
