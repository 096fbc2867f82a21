import { alertsInput, alertsView } from './alerts.ts';
import { endpoint, nothing } from './endpoint.ts';

/** Who is told when a gateway stops working. */
export const endpointsOfAlerts = {
	readAlerts: endpoint( {
		method: 'GET',
		path: '/alerts',
		access: 'manage_site',
		summary: 'Who is told when a gateway stops working',
		status: 200,
		errors: [ 'record_not_genuine' ],
		request: nothing,
		response: alertsView,
	} ),
	saveAlerts: endpoint( {
		method: 'PUT',
		path: '/alerts',
		access: 'manage_site',
		summary: 'Saves who is told; answers the signing secret of a new webhook, once',
		status: 200,
		errors: [ 'record_not_genuine' ],
		request: alertsInput,
		response: alertsView,
	} ),
	sendTestAlert: endpoint( {
		method: 'POST',
		path: '/alerts/test',
		access: 'manage_site',
		summary: 'Queues a test alert; its outcome is in the alerts a moment later',
		status: 202,
		errors: [ 'no_alert_channel', 'record_not_genuine' ],
		request: nothing,
		response: alertsView,
	} ),
} as const;
