import { isUnshown } from '../servers/defaults-access.ts';
import type { Job } from './jobs.ts';
import { settingsVersion } from './settings.ts';
import type { Db } from './tables.ts';

/**
 * Whether what this job tells may show the default credentials, or those of a former owner: it was asked for with them,
 * or met a gateway that had them. That stays so after the server was given others: who may not see the defaults must not find them in old jobs.
 */
export async function jobShowsUnshown( db: Db, job: Job ): Promise< boolean > {
	const { request } = job;
	if ( ( request.verb === 'preview_changes' || request.verb === 'check_settings' ) && request.withDefaults ) {
		return true;
	}
	if (
		( request.verb === 'check_route' || request.verb === 'set_route' || request.verb === 'update_routes' ) &&
		request.account
	) {
		return true;
	}
	const { result } = job;
	const tested = result?.verb === 'send_test_email' ? result.test.sentAs : undefined;
	// also of a route that was given a saved account after the test was asked for
	if (
		( request.verb === 'send_test_email' && request.as?.account ) ||
		( tested?.hasRoute && tested.account?.name )
	) {
		return true;
	}
	const installs = await db
		.selectFrom( 'jobs' )
		.select( 'request' )
		.where( 'siteId', '=', job.siteId )
		.where( 'serverId', '=', job.serverId )
		.where( 'verb', '=', 'install_gateway' )
		.where( 'state', '=', 'succeeded' )
		.where( 'createdAt', '<', job.createdAt )
		// one job runs at a time on a server, so the last one before it made the gateway that it met
		.orderBy( 'createdAt', 'desc' )
		.limit( 1 )
		.execute();
	const server = await db
		.selectFrom( 'servers' )
		.select( 'handedVersion' )
		.where( 'siteId', '=', job.siteId )
		.where( 'serverId', '=', job.serverId )
		.executeTakeFirst();
	for ( const { request } of [ job, ...installs ] ) {
		const number = request.verb === 'install_gateway' ? request.version : null;
		const version = await settingsVersion( db, { siteId: job.siteId, serverId: job.serverId }, number );
		if ( version && isUnshown( server ?? { handedVersion: null }, version ) ) {
			return true;
		}
	}
	// what a manager's preview compared with is not known: it may be a gateway with defaults that was forgotten
	const { askedBy: by } = job;
	return request.verb === 'preview_changes' && installs.length === 0 && ( by.seesDefaults ?? by.administrator );
}
