import { z } from 'zod';
import { connectionInput } from './connection.ts';
import { accepted, cursor, endpoint, nothing } from './endpoint.ts';
import { endpointsOfAlerts } from './endpoints-of-alerts.ts';
import { endpointsOfAudit } from './endpoints-of-audit.ts';
import { endpointsOfDefaults } from './endpoints-of-defaults.ts';
import { endpointsOfMail } from './endpoints-of-mail.ts';
import { mailAddress } from './fields.ts';
import { jobEvent, jobView } from './jobs.ts';
import { pairingRequest, rotationRequest } from './pairing.ts';
import { serverSummary, serverView } from './servers.ts';
import { installRequest } from './settings.ts';

/** Comma-separated post ids. PHP checks access to each of them. */
const ids = z.string().regex( /^[1-9]\d{0,14}(,[1-9]\d{0,14}){0,99}$/, { error: 'invalid' } );

/** The whole API of the backend, below /v1. Public paths that no plugin calls (health, ready, docs) are not here. */
export const endpoints = {
	pairSite: endpoint( {
		method: 'POST',
		path: '/pair',
		access: 'public',
		summary: 'Registers a site by its public key and a one-time code',
		notForBrowsers: true,
		status: 200,
		request: pairingRequest,
		/** `audience` is the URL that every later request is signed for. */
		response: z.object( { keyId: z.string(), audience: z.url(), version: z.string() } ),
	} ),
	confirmMove: endpoint( {
		method: 'POST',
		path: '/site/confirm-move',
		access: 'manage_site',
		summary: 'Says that this site is the paired one, now at another address',
		status: 200,
		request: nothing,
		response: z.object( { siteUrl: z.string() } ),
	} ),
	readSite: endpoint( {
		method: 'GET',
		path: '/site',
		access: 'manage_site',
		summary: 'The pairing as the backend sees it',
		status: 200,
		request: nothing,
		response: z.object( {
			siteUrl: z.string(),
			pairedAt: z.iso.datetime(),
			/** null: never. */
			keyExpiresAt: z.iso.datetime().nullable(),
			version: z.string(),
			database: z.enum( [ 'embedded', 'postgresql' ] ),
			/** One copy of a folder gives away the database and the key that opens its secrets. */
			keyBesideDatabase: z.boolean(),
			servers: z.number(),
		} ),
	} ),
	rotateKey: endpoint( {
		method: 'POST',
		path: '/site/rotate-key',
		access: 'manage_site',
		summary: 'Gives the site a new key; the one that signs this is good for nothing afterwards',
		notForBrowsers: true,
		status: 200,
		request: rotationRequest,
		/** `keyId`: base64url of the first bytes of the SHA-256 of the public key, 22 characters; a site can compute it. */
		response: z.object( { keyId: z.string(), expiresAt: z.iso.datetime() } ),
	} ),
	endPairing: endpoint( {
		method: 'POST',
		path: '/site/end-pairing',
		access: 'manage_site',
		summary: 'Ends the pairing: the key is good for nothing any more, and every saved secret is deleted',
		notForBrowsers: true,
		status: 200,
		request: nothing,
		response: z.object( { ended: z.literal( true ) } ),
	} ),
	...endpointsOfDefaults,
	...endpointsOfAlerts,
	...endpointsOfAudit,
	listServers: endpoint( {
		method: 'GET',
		path: '/servers',
		access: 'run_gateway',
		summary: 'One row for each of at most 100 servers',
		status: 200,
		request: z.strictObject( { ids } ),
		response: z.object( { servers: z.array( serverSummary ) } ),
	} ),
	readServer: endpoint( {
		method: 'GET',
		path: '/servers/:serverId',
		access: 'run_gateway',
		summary: 'Everything the screen of one server shows',
		status: 200,
		request: nothing,
		response: serverView,
	} ),
	saveConnection: endpoint( {
		method: 'PUT',
		path: '/servers/:serverId/connection',
		access: 'change_connection',
		summary: 'Saves how to reach the server, then checks it (job)',
		status: 202,
		startsJob: true,
		request: z.strictObject( { connection: connectionInput } ),
		response: accepted,
	} ),
	checkConnection: endpoint( {
		method: 'POST',
		path: '/servers/:serverId/connection/check',
		access: 'change_connection',
		summary: 'Takes the address that another plugin keeps, then checks the connection (job)',
		status: 202,
		startsJob: true,
		request: nothing,
		response: accepted,
	} ),
	trustHostKey: endpoint( {
		method: 'POST',
		path: '/servers/:serverId/connection/trust',
		access: 'change_connection',
		summary: 'Trusts the host key that was seen, then checks the connection (job)',
		status: 202,
		startsJob: true,
		/** The fingerprint the person compared; another one seen meanwhile is refused. */
		request: z.strictObject( {
			fingerprint: z.string().regex( /^SHA256:[A-Za-z0-9+/]{43}$/, { error: 'invalid' } ),
		} ),
		response: accepted,
	} ),
	lendConnection: endpoint( {
		method: 'POST',
		path: '/servers/:serverId/connection/lend',
		access: 'run_gateway',
		summary: 'Lends the connection that another plugin keeps for some minutes, so that the gateway can be watched',
		notForBrowsers: true,
		status: 200,
		startsJob: true,
		request: nothing,
		/** null: nothing was kept, for there is nothing to look at. */
		response: z.object( { until: z.iso.datetime().nullable() } ),
	} ),
	previewChanges: endpoint( {
		method: 'POST',
		path: '/servers/:serverId/gateway/preview',
		access: 'run_gateway',
		summary: 'What an install would change (job)',
		status: 202,
		startsJob: true,
		request: installRequest,
		response: accepted,
	} ),
	checkSettings: endpoint( {
		method: 'POST',
		path: '/servers/:serverId/gateway/check',
		access: 'run_gateway',
		summary: 'Asks the provider from the server, and changes and sends nothing (job)',
		status: 202,
		startsJob: true,
		request: installRequest,
		response: accepted,
	} ),
	findSettings: endpoint( {
		method: 'POST',
		path: '/servers/:serverId/gateway/find',
		access: 'run_gateway',
		summary: 'Asks the domain of a mail address for its server (job); nothing is tried',
		status: 202,
		request: z.strictObject( { address: mailAddress } ),
		response: accepted,
	} ),
	installGateway: endpoint( {
		method: 'POST',
		path: '/servers/:serverId/gateway/install',
		access: 'run_gateway',
		summary: 'Installs or reinstalls the gateway (job)',
		status: 202,
		startsJob: true,
		request: installRequest,
		response: accepted,
	} ),
	useIncludedGateway: endpoint( {
		method: 'POST',
		path: '/servers/:serverId/gateway/included',
		access: 'run_gateway',
		summary: 'Installs the gateway with the default credentials, where customers may use them (job)',
		status: 202,
		startsJob: true,
		request: nothing,
		response: accepted,
	} ),
	sendTestEmail: endpoint( {
		method: 'POST',
		path: '/servers/:serverId/gateway/test',
		access: 'run_gateway',
		summary: 'Sends a test email and follows it to the reply of the provider (job)',
		status: 202,
		startsJob: true,
		/** `from` lies within the sending domain; without it, as of whoever is not shown that, it is an address there. */
		request: z.strictObject( { from: mailAddress.nullable().default( null ), to: mailAddress } ),
		response: accepted,
	} ),
	...endpointsOfMail,
	removeGateway: endpoint( {
		method: 'POST',
		path: '/servers/:serverId/gateway/remove',
		access: 'run_gateway',
		summary: 'Gives back what was there before (job)',
		status: 202,
		startsJob: true,
		request: z.strictObject( { waitingMail: z.enum( [ 'refuse', 'save' ] ).default( 'refuse' ) } ),
		response: accepted,
	} ),
	deleteCredentials: endpoint( {
		method: 'DELETE',
		path: '/servers/:serverId/gateway/credentials',
		access: 'run_gateway',
		summary: 'Deletes what is saved for a reinstall, once no gateway is installed',
		status: 200,
		request: nothing,
		response: z.object( { deleted: z.boolean() } ),
	} ),
	forgetServer: endpoint( {
		method: 'POST',
		path: '/servers/:serverId/forget',
		access: 'change_connection',
		summary: 'Deletes our records and secrets of a server without contacting it',
		status: 200,
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
		request: z.strictObject( { after: cursor } ),
		response: z.object( { job: jobView, events: z.array( jobEvent ) } ),
	} ),
	cancelJob: endpoint( {
		method: 'POST',
		path: '/servers/:serverId/jobs/:jobId/cancel',
		access: 'run_gateway',
		summary: 'Asks a job to stop; during apply the server is given back as it was',
		status: 202,
		request: nothing,
		response: accepted,
	} ),
} as const;

export type Endpoints = typeof endpoints;
export type EndpointName = keyof Endpoints;
export type RequestOf< Name extends EndpointName > = z.input< Endpoints[ Name ][ 'request' ] >;
export type ParsedRequestOf< Name extends EndpointName > = z.output< Endpoints[ Name ][ 'request' ] >;
export type ResponseOf< Name extends EndpointName > = z.output< Endpoints[ Name ][ 'response' ] >;
