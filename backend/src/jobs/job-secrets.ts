import type { App } from '../app.ts';
import { keptVersions } from '../db/jobs.ts';
import type { ServerRef } from '../db/servers.ts';
import { dropOldPasswords } from '../db/settings.ts';
import type { Db } from '../db/tables.ts';

/** Deletes every secret that only this job needed, its password and its connection. Call it in the transaction that ends the job. */
export async function dropJobSecrets(
	{ secrets }: Pick< App, 'secrets' >,
	tx: Db,
	{ jobId, ...ref }: ServerRef & { jobId: string }
): Promise< void > {
	await secrets.remove( tx, { table: 'jobs', id: jobId } );
	await dropOldPasswords( tx, ref, await keptVersions( tx, ref ) );
}
