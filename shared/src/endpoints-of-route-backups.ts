import { z } from 'zod';
import { backupRules } from './backup.ts';
import { errorsOfReadyServer } from './endpoint-errors.ts';
import { accepted, endpoint } from './endpoint.ts';
import { siteUid } from './sites.ts';

const saved = z.object( { saved: z.boolean() } );
const ofRoute = z.strictObject( { uid: siteUid } );

/** A second account for the route of a Unix user, for who may manage the accounts; forbidden for everybody else. */
export const endpointsOfRouteBackups = {
	chooseRouteBackup: endpoint( {
		method: 'PUT',
		path: '/servers/:serverId/routes/backup',
		access: 'run_gateway',
		summary: 'Chooses the account by which a route sends while its own cannot, and when it is switched to',
		status: 200,
		/** not_found: there is no such route or account. same_account: the route has it already. */
		errors: [ 'record_not_genuine', 'not_found', 'same_account', 'sends_by_backup' ],
		request: backupRules.extend( ofRoute.shape ),
		response: saved,
	} ),
	endRouteBackup: endpoint( {
		method: 'POST',
		path: '/servers/:serverId/routes/backup/end',
		access: 'run_gateway',
		summary: 'A route has no backup account any more',
		status: 200,
		errors: [ 'record_not_genuine', 'sends_by_backup' ],
		request: ofRoute,
		response: saved,
	} ),
	switchRouteToBackup: endpoint( {
		method: 'POST',
		path: '/servers/:serverId/routes/backup/switch',
		access: 'run_gateway',
		summary: 'Signs in with the backup account of a route, and lets its mail leave by it (job)',
		status: 202,
		/** not_found: none was chosen. server_busy: another job is first. */
		errors: [
			...errorsOfReadyServer,
			'gateway_not_installed',
			'not_found',
			'same_account',
			'sends_by_backup',
			'password_required',
			'server_busy',
		],
		sendsConnection: true,
		request: ofRoute,
		response: accepted,
	} ),
	switchRouteBack: endpoint( {
		method: 'POST',
		path: '/servers/:serverId/routes/backup/back',
		access: 'run_gateway',
		summary: 'Signs in with the first account of a route, and lets its mail leave by it again (job)',
		status: 202,
		/** not_found: the route does not send by a backup. */
		errors: [ ...errorsOfReadyServer, 'gateway_not_installed', 'not_found', 'password_required', 'server_busy' ],
		sendsConnection: true,
		request: ofRoute,
		response: accepted,
	} ),
} as const;
