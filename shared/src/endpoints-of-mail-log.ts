import { z } from 'zod';
import { endpoint, serverIds } from './endpoint.ts';
import { mailDelay } from './mail-delays.ts';
import { mailEntry, mailFilter, mailHour, mailPage } from './mail-log.ts';

/** Only what is older: `next` of the page before. */
const before = z.string().max( 120 ).optional();

/** Who sent what, and what became of it. */
export const endpointsOfMailLog = {
	readMailLog: endpoint( {
		method: 'GET',
		path: '/servers/:serverId/mail-log',
		access: 'see_mail_log',
		summary: 'What became of messages of a server, newest first, at most 50 recipients',
		status: 200,
		errors: [],
		request: mailFilter.extend( { before } ),
		response: mailPage,
	} ),
	readFleetMailLog: endpoint( {
		method: 'GET',
		path: '/mail-log',
		access: 'see_mail_log',
		summary: 'The same of at most 100 servers; to who does not manage the site, of those that are theirs',
		status: 200,
		errors: [],
		request: mailFilter.extend( { ids: serverIds, before } ),
		response: mailPage,
	} ),
	readMessage: endpoint( {
		method: 'GET',
		path: '/servers/:serverId/mail-log/message',
		access: 'see_mail_log',
		summary: 'All recipients of one message',
		status: 200,
		/** Also for one from before the server was the caller's. */
		errors: [ 'not_found' ],
		request: z.strictObject( { queueId: z.string().regex( /^[0-9A-Za-z~]{6,60}$/, { error: 'invalid' } ) } ),
		response: z.object( { recipients: z.array( mailEntry ) } ),
	} ),
	mailCounters: endpoint( {
		method: 'GET',
		path: '/mail-log/counters',
		access: 'see_mail_log',
		summary: 'How many recipients there were of at most 100 servers, by hour, day or month, site and outcome',
		status: 200,
		errors: [],
		request: z.strictObject( {
			ids: serverIds,
			per: z.enum( [ 'hour', 'day', 'month' ] ),
			/** Told apart by server and site, by server, or all together. */
			of: z.enum( [ 'site', 'server', 'all' ] ).default( 'site' ),
			from: z.iso.datetime(),
			to: z.iso.datetime(),
		} ),
		/** `delays`: of those that were accepted. */
		response: z.object( { counts: z.array( mailHour ), delays: z.array( mailDelay ) } ),
	} ),
} as const;
