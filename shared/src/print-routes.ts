import { permissions, purposes } from './actor.ts';
import { endpoints } from './endpoints.ts';
import {
	jobIdPattern,
	maxBodyBytes,
	mostEntries,
	mostServers,
	mostWithin,
	serverIdPattern,
	serverIdsPattern,
} from './limits.ts';
import { printMissing } from './print-missing.ts';
import { printArgs, printSchemas } from './print-schemas.ts';

const json = ( value: unknown ) => JSON.stringify( value, null, '\t' ) + '\n';

/**
 * PHP's and the screens' table of routes: name → method, path, access, sendsConnection, savesAccount, tellsMail, listsServers
 * (in the parameter `ids`). Only what a browser may reach.
 */
export function printRoutes(): string {
	const rows = Object.entries( endpoints )
		.filter( ( [ , endpoint ] ) => ! endpoint.notForBrowsers )
		.map( ( [ name, { method, path, access, request, sendsConnection, savesAccount, tellsMail } ] ) => {
			const listsServers = Object.hasOwn( request.shape, 'ids' ) || undefined;
			return [ name, { method, path, access, sendsConnection, savesAccount, tellsMail, listsServers } ];
		} );
	return json( Object.fromEntries( rows ) );
}

/** What else PHP has to know of the contract. Patterns are those of both languages, without their ends. */
export const printContract = (): string =>
	json( {
		permissions,
		maxBodyBytes,
		mostServers,
		mostEntries,
		mostWithin,
		patterns: { serverId: serverIdPattern, serverIds: serverIdsPattern, jobId: jobIdPattern },
		purposes,
	} );

/** Files of the plugin that are printed. */
export const printed = {
	'routes.json': printRoutes,
	'contract.json': printContract,
	'args.json': printArgs,
	'schemas.json': printSchemas,
	'tests/may-be-missing.json': printMissing,
} as const;
