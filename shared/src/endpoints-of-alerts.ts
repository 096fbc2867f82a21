import { z } from 'zod';
import { channelInput } from './alert-channels.ts';
import { alertsView } from './alerts.ts';
import { endpoint, nothing } from './endpoint.ts';

const ofChannel = z.strictObject( { id: z.uuid() } );
const ofIncident = { key: z.string().regex( /^[0-9a-f]{32}$/, { error: 'invalid' } ) };

/** Who is told when a gateway stops working, and of what just now. */
export const endpointsOfAlerts = {
	readAlerts: endpoint( {
		method: 'GET',
		path: '/alerts',
		access: 'manage_site',
		summary: 'Who is told when a gateway stops working, and what trouble there is',
		status: 200,
		errors: [],
		request: nothing,
		response: alertsView,
	} ),
	saveChannel: endpoint( {
		method: 'PUT',
		path: '/alerts/channels',
		access: 'manage_site',
		summary: 'Saves where alerts go; answers the signing secret of a new webhook, once',
		status: 200,
		/** not_found: no such channel; too_many_channels: the site has as many as it may. */
		errors: [ 'not_found', 'record_not_genuine', 'too_many_channels' ],
		request: channelInput,
		response: alertsView,
	} ),
	deleteChannel: endpoint( {
		method: 'POST',
		path: '/alerts/channels/delete',
		access: 'manage_site',
		summary: 'Deletes a channel, its secrets and what waits for it',
		status: 200,
		errors: [ 'not_found' ],
		request: ofChannel,
		response: alertsView,
	} ),
	sendTestAlert: endpoint( {
		method: 'POST',
		path: '/alerts/channels/test',
		access: 'manage_site',
		summary: 'Queues a test alert for a channel; its outcome is in the alerts a moment later',
		status: 202,
		errors: [ 'not_found' ],
		request: ofChannel,
		response: alertsView,
	} ),
	acknowledgeIncident: endpoint( {
		method: 'POST',
		path: '/alerts/acknowledge',
		access: 'manage_site',
		summary: 'Somebody knows of a trouble: no repeats, but its end is told',
		status: 200,
		errors: [ 'not_found' ],
		request: z.strictObject( ofIncident ),
		response: alertsView,
	} ),
	muteIncident: endpoint( {
		method: 'POST',
		path: '/alerts/mute',
		access: 'manage_site',
		summary: 'Nothing is told of a trouble for some hours, also when it comes again; 0 ends that',
		status: 200,
		errors: [ 'not_found' ],
		request: z.strictObject( { ...ofIncident, hours: z.int().min( 0 ).max( 720 ) } ),
		response: alertsView,
	} ),
} as const;
