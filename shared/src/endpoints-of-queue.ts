import { z } from 'zod';
import { errorsOfReadyServer } from './endpoint-errors.ts';
import { accepted, endpoint, nothing } from './endpoint.ts';
import { mostQueued, queueChange, queueFilter, queuePage } from './queue.ts';

/** What waits in the queue of a server's gateway, and what a person does with it. */
export const endpointsOfQueue = {
	readQueue: endpoint( {
		method: 'GET',
		path: '/servers/:serverId/queue',
		access: 'see_mail_log',
		summary: 'What was in the queue when it was read last, oldest first, at most 50 messages',
		status: 200,
		errors: [],
		request: queueFilter.extend( { after: z.coerce.number().int().min( 0 ).max( mostQueued ).default( 0 ) } ),
		response: queuePage,
	} ),
	refreshQueue: endpoint( {
		method: 'POST',
		path: '/servers/:serverId/queue/read',
		access: 'run_gateway',
		summary: 'Reads the queue from the server (job)',
		status: 202,
		errors: [ ...errorsOfReadyServer, 'gateway_not_installed' ],
		sendsConnection: true,
		request: nothing,
		response: accepted,
	} ),
	changeQueue: endpoint( {
		method: 'POST',
		path: '/servers/:serverId/queue/change',
		access: 'run_gateway',
		summary: 'Retries, holds, releases or deletes messages of the list that was read, and reads it again (job)',
		status: 202,
		/** queue_read_again: that list is no more; queue_selection_empty: none of it is meant. */
		errors: [ ...errorsOfReadyServer, 'gateway_not_installed', 'queue_read_again', 'queue_selection_empty' ],
		sendsConnection: true,
		request: queueChange,
		response: accepted,
	} ),
} as const;
