import { z } from 'zod';
import { errorsOfReadyServer } from './endpoint-errors.ts';
import { accepted, endpoint, nothing } from './endpoint.ts';
import { olderMail } from './verbs.ts';

/** What waits in the queue of the gateway, and in that of the mail system before it. */
export const endpointsOfMail = {
	deliverWaitingMail: endpoint( {
		method: 'POST',
		path: '/servers/:serverId/gateway/deliver',
		access: 'run_gateway',
		summary: 'Tries at once what waits or is held by the gateway; asks first about mail older than a day (job)',
		status: 202,
		errors: [ ...errorsOfReadyServer, 'gateway_not_installed' ],
		sendsConnection: true,
		request: z.strictObject( { older: olderMail.default( 'ask' ) } ),
		response: accepted,
	} ),
	deliverFormerMail: endpoint( {
		method: 'POST',
		path: '/servers/:serverId/gateway/deliver-former',
		access: 'run_gateway',
		summary: 'Hands what waits in the queue of the former mail system to the gateway (job)',
		status: 202,
		errors: [ ...errorsOfReadyServer, 'gateway_not_installed' ],
		sendsConnection: true,
		request: nothing,
		response: accepted,
	} ),
} as const;
