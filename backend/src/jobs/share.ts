import { hasFewJobs } from '../db/jobs.ts';
import type { ServerRef } from '../db/servers.ts';
import type { Tx } from '../db/tables.ts';
import type { JobActor } from './request.ts';

/** Whoever may manage a site works on all its servers: together its administrators have as much as so many people. */
const administratorShares = 3;
/** A site with no more jobs than that has its turn before those that let many wait. */
const fewJobs = 3;

export interface Share {
	/** Jobs of one group never take more than one share of a worker: see queue.ts. */
	group: string;
	/** Whether it may use the places that are kept for sites with few jobs. */
	isOneOfFew: boolean;
}

/** Whose share of the workers a new job takes. Servers that never answer hold those of their own people only. */
export async function shareOf(
	tx: Tx,
	{ siteId, serverId, askedBy }: ServerRef & { askedBy: JobActor }
): Promise< Share > {
	const who = askedBy.administrator
		? `administrators ${ serverId % administratorShares }`
		: `person ${ askedBy.login }`;
	return { group: `${ siteId } ${ who }`, isOneOfFew: await hasFewJobs( tx, siteId, fewJobs ) };
}
