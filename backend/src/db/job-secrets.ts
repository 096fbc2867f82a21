import { keptVersions, type Job } from './jobs.ts';
import type { SecretStore } from './secrets.ts';
import type { ServerRef } from './servers.ts';
import { dropOldPasswords, letGoOfDefaults } from './settings.ts';
import type { Db } from './tables.ts';

/** Deletes every secret that only this job needed, its password and its connection. Call it in the transaction that ends the job. */
export async function dropJobSecrets(
	{ secrets }: { secrets: SecretStore },
	tx: Db,
	{ jobId, ...ref }: ServerRef & { jobId: string }
): Promise< void > {
	await secrets.remove( tx, { table: 'jobs', id: jobId } );
	await dropOldPasswords( tx, ref, await keptVersions( tx, ref ) );
}

/** What an install was to bring, and did not, is the server's no longer, where it was of an account or nobody typed it. */
export async function letGoOf( tx: Db, { siteId, serverId, request }: Job ): Promise< void > {
	if ( request.verb !== 'install_gateway' || ! request.backup ) {
		return letGoOfDefaults( tx, { siteId, serverId } );
	}
	await tx
		.updateTable( 'servers' )
		.set( ( { ref } ) => ( { submittedVersion: ref( 'installedVersion' ) } ) )
		.where( 'siteId', '=', siteId )
		.where( 'serverId', '=', serverId )
		.execute();
}

/** What a worker does at the end of a job, for one that ended before any took it. */
export async function afterCancelled( parts: { secrets: SecretStore }, tx: Db, job: Job ): Promise< void > {
	const ref = { siteId: job.siteId, serverId: job.serverId };
	if ( job.verb === 'install_gateway' ) {
		await letGoOf( tx, job );
	}
	await dropJobSecrets( parts, tx, { ...ref, jobId: job.id } );
}
