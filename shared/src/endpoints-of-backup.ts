import { z } from 'zod';
import { backupRules } from './backup.ts';
import { errorsOfReadyServer } from './endpoint-errors.ts';
import { accepted, endpoint, nothing } from './endpoint.ts';

const saved = z.object( { saved: z.boolean() } );

/** A second account for a server, for who may manage the accounts; forbidden for everybody else. */
export const endpointsOfBackup = {
	chooseBackup: endpoint( {
		method: 'PUT',
		path: '/servers/:serverId/backup',
		access: 'run_gateway',
		summary: 'Chooses the account by which a server sends while its own cannot, and when it is switched to',
		status: 200,
		/** not_found: there is no such account. same_account: the server has it already. */
		errors: [ 'record_not_genuine', 'gateway_not_installed', 'not_found', 'same_account', 'sends_by_backup' ],
		request: backupRules,
		response: saved,
	} ),
	endBackup: endpoint( {
		method: 'DELETE',
		path: '/servers/:serverId/backup',
		access: 'run_gateway',
		summary: 'A server has no backup account any more',
		status: 200,
		errors: [ 'sends_by_backup' ],
		request: nothing,
		response: saved,
	} ),
	switchToBackup: endpoint( {
		method: 'POST',
		path: '/servers/:serverId/backup/switch',
		access: 'run_gateway',
		summary: 'Reinstalls with the backup account; what waits leaves by it (job)',
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
		request: nothing,
		response: accepted,
	} ),
	switchBack: endpoint( {
		method: 'POST',
		path: '/servers/:serverId/backup/back',
		access: 'run_gateway',
		summary: 'Signs in with the first account, and reinstalls with it (job)',
		status: 202,
		/** not_found: the server does not send by a backup. */
		errors: [ ...errorsOfReadyServer, 'not_found', 'password_required', 'server_busy' ],
		sendsConnection: true,
		request: nothing,
		response: accepted,
	} ),
} as const;
