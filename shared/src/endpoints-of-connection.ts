import { z } from 'zod';
import { connectionInput, serverKey } from './connection.ts';
import { accepted, endpoint, nothing } from './endpoint.ts';

/** How a server is reached. */
export const endpointsOfConnection = {
	saveConnection: endpoint( {
		method: 'PUT',
		path: '/servers/:serverId/connection',
		access: 'change_connection',
		summary: 'Saves how to reach the server, then checks it (job)',
		status: 202,
		/** sign_in_required: nothing is saved for this host, port and user; connection_supplied: another plugin keeps it. */
		errors: [ 'connection_supplied', 'private_key_unreadable', 'sign_in_required', 'record_not_genuine' ],
		sendsConnection: true,
		request: z.strictObject( { connection: connectionInput } ),
		response: accepted,
	} ),
	makeServerKey: endpoint( {
		method: 'POST',
		path: '/servers/:serverId/connection/key',
		access: 'change_connection',
		summary: 'Makes the key of the server, or gives the one that was made; its private half never leaves',
		status: 200,
		errors: [],
		request: nothing,
		response: serverKey,
	} ),
	checkConnection: endpoint( {
		method: 'POST',
		path: '/servers/:serverId/connection/check',
		access: 'change_connection',
		summary: 'Takes the address that another plugin keeps, then checks the connection (job)',
		status: 202,
		errors: [ 'connection_missing' ],
		sendsConnection: true,
		request: nothing,
		response: accepted,
	} ),
	trustHostKey: endpoint( {
		method: 'POST',
		path: '/servers/:serverId/connection/trust',
		access: 'change_connection',
		summary: 'Trusts the host key that was seen, then checks the connection (job)',
		status: 202,
		/** server_address_changed: another plugin keeps another address than the one checked; fingerprint_mismatch: another key was seen. */
		errors: [ 'connection_missing', 'server_address_changed', 'fingerprint_mismatch', 'record_not_genuine' ],
		sendsConnection: true,
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
		errors: [],
		sendsConnection: true,
		request: nothing,
		/** null: nothing was kept, for there is nothing to look at. */
		response: z.object( { until: z.iso.datetime().nullable() } ),
	} ),
} as const;
