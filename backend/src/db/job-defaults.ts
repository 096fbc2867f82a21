import type { Job } from './jobs.ts';
import { isUnshown, settingsVersion } from './settings.ts';
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
	const installs = await db
		.selectFrom( 'jobs' )
		.select( 'request' )
		.where( 'site_id', '=', job.site_id )
		.where( 'server_id', '=', job.server_id )
		.where( 'verb', '=', 'install_gateway' )
		.where( 'state', '=', 'succeeded' )
		.where( 'created_at', '<', job.created_at )
		// one job runs at a time on a server, so the last one before it made the gateway that it met
		.orderBy( 'created_at', 'desc' )
		.limit( 1 )
		.execute();
	const server = await db
		.selectFrom( 'servers' )
		.select( 'handed_version' )
		.where( 'site_id', '=', job.site_id )
		.where( 'server_id', '=', job.server_id )
		.executeTakeFirst();
	for ( const { request } of [ job, ...installs ] ) {
		const number = request.verb === 'install_gateway' ? request.version : null;
		const version = await settingsVersion( db, { siteId: job.site_id, serverId: job.server_id }, number );
		if ( version && isUnshown( server ?? { handed_version: null }, version ) ) {
			return true;
		}
	}
	// what a manager's preview compared with is not known: it may be a gateway with defaults that was forgotten
	const { asked_by: by } = job;
	return request.verb === 'preview_changes' && installs.length === 0 && ( by.seesDefaults ?? by.administrator );
}
