import type { SiteClient } from './site-client.ts';

/** Why what was asked of a server was refused: at once, or by the job that was to do it. */
export async function refusalOf(
	site: SiteClient,
	serverId: number,
	{ body }: { body: { jobId?: string; code?: string } }
): Promise< string | undefined > {
	return body.jobId ? ( await site.untilEnded( serverId, body.jobId ) ).job.error?.code : body.code;
}
