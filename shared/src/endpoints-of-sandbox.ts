import { z } from 'zod';
import { errorsOfReadyServer } from './endpoint-errors.ts';
import { accepted, endpoint } from './endpoint.ts';
import { sandboxRules } from './sandbox.ts';
import { heldChoices } from './sites.ts';

/** A server whose mail reaches nobody but those who test it. */
export const endpointsOfSandbox = {
	previewSandbox: endpoint( {
		method: 'POST',
		path: '/servers/:serverId/sandbox/preview',
		access: 'run_gateway',
		summary: 'What turning on the sandbox would change (job)',
		status: 202,
		/** account_not_shown: for who is not shown the settings that are installed, as with previewChanges. */
		errors: [ ...errorsOfReadyServer, 'account_not_shown', 'gateway_not_installed' ],
		sendsConnection: true,
		request: z.strictObject( { rules: sandboxRules } ),
		response: accepted,
	} ),
	turnOnSandbox: endpoint( {
		method: 'POST',
		path: '/servers/:serverId/sandbox/on',
		access: 'run_gateway',
		summary: 'Keeps the mail of a server from leaving, or changes how, and holds what waits in its queue (job)',
		status: 202,
		errors: [ ...errorsOfReadyServer, 'gateway_not_installed' ],
		sendsConnection: true,
		request: z.strictObject( { rules: sandboxRules } ),
		response: accepted,
	} ),
	turnOffSandbox: endpoint( {
		method: 'POST',
		path: '/servers/:serverId/sandbox/off',
		access: 'run_gateway',
		summary: 'Lets mail leave again, and releases, deletes or keeps what the sandbox held (job)',
		status: 202,
		/** not_found: it is not on. */
		errors: [ ...errorsOfReadyServer, 'gateway_not_installed', 'not_found' ],
		sendsConnection: true,
		request: z.strictObject( { held: z.enum( heldChoices ) } ),
		response: accepted,
	} ),
} as const;
