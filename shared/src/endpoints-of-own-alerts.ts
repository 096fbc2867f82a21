import { z } from 'zod';
import { endpoint, nothing } from './endpoint.ts';
import { ownAlertsView, ownChannelInput } from './own-alerts.ts';

const ofChannel = z.strictObject( { id: z.uuid() } );

/**
 * Who is told of trouble with an owner's servers, by that owner: channels of a person, which are the same at each of their
 * servers. Refused (forbidden) to whoever does not own the server in the path, administrators included.
 */
export const endpointsOfOwnAlerts = {
	readOwnAlerts: endpoint( {
		method: 'GET',
		path: '/servers/:serverId/alerts',
		access: 'run_gateway',
		tellsMail: true,
		summary: 'Where the owner of a server is told when something is wrong with their servers',
		status: 200,
		errors: [],
		request: nothing,
		response: ownAlertsView,
	} ),
	saveOwnChannel: endpoint( {
		method: 'PUT',
		path: '/servers/:serverId/alerts',
		access: 'run_gateway',
		tellsMail: true,
		summary: 'Saves where this owner is told; answers the signing secret of a new webhook, once',
		status: 200,
		/** not_found: no such channel, or no way to send email; too_many_channels: the owner has as many as they may. */
		errors: [ 'too_many_channels' ],
		request: ownChannelInput,
		response: ownAlertsView,
	} ),
	deleteOwnChannel: endpoint( {
		method: 'POST',
		path: '/servers/:serverId/alerts/delete',
		access: 'run_gateway',
		tellsMail: true,
		summary: 'Deletes a channel of this owner, its secrets and what waits for it',
		status: 200,
		errors: [],
		request: ofChannel,
		response: ownAlertsView,
	} ),
	sendOwnTestAlert: endpoint( {
		method: 'POST',
		path: '/servers/:serverId/alerts/test',
		access: 'run_gateway',
		tellsMail: true,
		summary: 'Queues a test alert for a channel of this owner; its outcome is there a moment later',
		status: 202,
		errors: [],
		request: ofChannel,
		response: ownAlertsView,
	} ),
} as const;
