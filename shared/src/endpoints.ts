import { z } from 'zod';
import { accepted, cursor, endpoint, nothing } from './endpoint.ts';
import { errorsOfReadyServer } from './endpoint-errors.ts';
import { endpointsOfAlerts } from './endpoints-of-alerts.ts';
import { endpointsOfAudit } from './endpoints-of-audit.ts';
import { endpointsOfBackup } from './endpoints-of-backup.ts';
import { endpointsOfConnection } from './endpoints-of-connection.ts';
import { endpointsOfAccounts } from './endpoints-of-accounts.ts';
import { endpointsOfFleet } from './endpoints-of-fleet.ts';
import { endpointsOfMailAddresses } from './endpoints-of-mail-addresses.ts';
import { endpointsOfMailLog } from './endpoints-of-mail-log.ts';
import { endpointsOfMail } from './endpoints-of-mail.ts';
import { endpointsOfOwnAlerts } from './endpoints-of-own-alerts.ts';
import { endpointsOfQueue } from './endpoints-of-queue.ts';
import { endpointsOfRouteBackups } from './endpoints-of-route-backups.ts';
import { endpointsOfRoutes } from './endpoints-of-routes.ts';
import { endpointsOfSandbox } from './endpoints-of-sandbox.ts';
import { endpointsOfSideDoors } from './endpoints-of-side-doors.ts';
import { endpointsOfSite } from './endpoints-of-site.ts';
import { endpointsOfSites } from './endpoints-of-sites.ts';
import { mailAddress } from './fields.ts';
import { jobEvent } from './job-events.ts';
import { jobView } from './jobs.ts';
import { serverView } from './servers.ts';
import { installRequest } from './settings.ts';
import { siteUid } from './sites.ts';

/** The whole API of the backend, below /v1. Public paths that no plugin calls (health, ready, docs) are not here. */
export const endpoints = {
	...endpointsOfSite,
	...endpointsOfAccounts,
	...endpointsOfAlerts,
	...endpointsOfOwnAlerts,
	...endpointsOfAudit,
	...endpointsOfFleet,
	readServer: endpoint( {
		method: 'GET',
		path: '/servers/:serverId',
		access: 'run_gateway',
		summary: 'Everything the screen of one server shows',
		status: 200,
		errors: [],
		request: nothing,
		response: serverView,
	} ),
	...endpointsOfConnection,
	previewChanges: endpoint( {
		method: 'POST',
		path: '/servers/:serverId/gateway/preview',
		access: 'run_gateway',
		summary: 'What an install would change (job)',
		status: 202,
		errors: [ ...errorsOfReadyServer, 'account_not_shown', 'password_required', 'no_defaults_saved' ],
		sendsConnection: true,
		request: installRequest,
		response: accepted,
	} ),
	checkSettings: endpoint( {
		method: 'POST',
		path: '/servers/:serverId/gateway/check',
		access: 'run_gateway',
		summary: 'Asks the provider from the server, and changes and sends nothing (job)',
		status: 202,
		errors: [ ...errorsOfReadyServer, 'password_required', 'no_defaults_saved' ],
		sendsConnection: true,
		request: installRequest,
		response: accepted,
	} ),
	findSettings: endpoint( {
		method: 'POST',
		path: '/servers/:serverId/gateway/find',
		access: 'run_gateway',
		summary: 'Asks the domain of a mail address for its server (job); nothing is tried',
		status: 202,
		errors: [],
		request: z.strictObject( { address: mailAddress } ),
		response: accepted,
	} ),
	installGateway: endpoint( {
		method: 'POST',
		path: '/servers/:serverId/gateway/install',
		access: 'run_gateway',
		summary: 'Installs or reinstalls the gateway (job)',
		status: 202,
		errors: [ ...errorsOfReadyServer, 'account_not_shown', 'password_required', 'no_defaults_saved' ],
		sendsConnection: true,
		request: installRequest,
		response: accepted,
	} ),
	useIncludedGateway: endpoint( {
		method: 'POST',
		path: '/servers/:serverId/gateway/included',
		access: 'run_gateway',
		summary: 'Installs the gateway with the default credentials, where customers may use them (job)',
		status: 202,
		/** forbidden: also where it is not offered here. */
		errors: [ ...errorsOfReadyServer, 'no_defaults_saved' ],
		sendsConnection: true,
		request: nothing,
		response: accepted,
	} ),
	sendTestEmail: endpoint( {
		method: 'POST',
		path: '/servers/:serverId/gateway/test',
		access: 'run_gateway',
		summary:
			'Sends a test email, as a Unix user of the server or as its own, and follows it to the reply of the provider (job)',
		status: 202,
		/** account_not_shown: who is not shown the sending domain may name no `from`. */
		errors: [
			...errorsOfReadyServer,
			'account_not_shown',
			'gateway_not_installed',
			'test_mails_exhausted',
			'unix_user_unknown',
		],
		sendsConnection: true,
		/**
		 * `uid`: as whom; null: as the server's own. `from` is a sender of that user's route, else it lies within the sending
		 * domain; without it, as of whoever is not shown that, it is an address there.
		 */
		request: z.strictObject( {
			from: mailAddress.nullable().default( null ),
			to: mailAddress,
			uid: siteUid.nullable().default( null ),
		} ),
		response: accepted,
	} ),
	...endpointsOfMail,
	...endpointsOfMailLog,
	...endpointsOfMailAddresses,
	...endpointsOfQueue,
	...endpointsOfSites,
	...endpointsOfRoutes,
	...endpointsOfRouteBackups,
	...endpointsOfSandbox,
	...endpointsOfBackup,
	...endpointsOfSideDoors,
	removeGateway: endpoint( {
		method: 'POST',
		path: '/servers/:serverId/gateway/remove',
		access: 'run_gateway',
		summary: 'Gives back what was there before (job)',
		status: 202,
		/** gateway_not_installed: nothing was ever submitted for this server, and none of ours was seen there. */
		errors: [ ...errorsOfReadyServer, 'gateway_not_installed' ],
		sendsConnection: true,
		request: z.strictObject( { waitingMail: z.enum( [ 'refuse', 'save' ] ).default( 'refuse' ) } ),
		response: accepted,
	} ),
	deleteCredentials: endpoint( {
		method: 'DELETE',
		path: '/servers/:serverId/gateway/credentials',
		access: 'run_gateway',
		summary: 'Deletes what is saved for a reinstall, once no gateway is installed',
		status: 200,
		/** server_busy: a job may still need them. */
		errors: [ 'gateway_still_installed', 'server_busy' ],
		request: nothing,
		response: z.object( { deleted: z.boolean() } ),
	} ),
	forgetServer: endpoint( {
		method: 'POST',
		path: '/servers/:serverId/forget',
		access: 'change_connection',
		summary: 'Deletes our records and secrets of a server without contacting it',
		status: 200,
		errors: [],
		request: nothing,
		/** True where a gateway stays behind on the server. */
		response: z.object( { leftBehind: z.boolean() } ),
	} ),
	readJob: endpoint( {
		method: 'GET',
		path: '/servers/:serverId/jobs/:jobId',
		access: 'run_gateway',
		summary: 'A job and its events after a given one',
		status: 200,
		/** Also for a job of another server, or of a former owner. */
		errors: [ 'not_found' ],
		request: z.strictObject( { after: cursor } ),
		response: z.object( { job: jobView, events: z.array( jobEvent ) } ),
	} ),
	cancelJob: endpoint( {
		method: 'POST',
		path: '/servers/:serverId/jobs/:jobId/cancel',
		access: 'run_gateway',
		summary: 'Asks a job to stop; during apply the server is given back as it was',
		status: 202,
		errors: [ 'not_found', 'job_already_ended', 'too_late_to_cancel' ],
		request: nothing,
		response: accepted,
	} ),
} as const;

export type Endpoints = typeof endpoints;
export type EndpointName = keyof Endpoints;
export type RequestOf< Name extends EndpointName > = z.input< Endpoints[ Name ][ 'request' ] >;
export type ParsedRequestOf< Name extends EndpointName > = z.output< Endpoints[ Name ][ 'request' ] >;
export type ResponseOf< Name extends EndpointName > = z.output< Endpoints[ Name ][ 'response' ] >;
