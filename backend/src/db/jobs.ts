import { randomUUID } from 'node:crypto';
import type { GatewaySettings, Verb } from '@email-gateway/shared';
import { sql, type Selectable } from 'kysely';
import { GatewayError } from '../errors.ts';
import type { Vault } from '../vault/vault.ts';
import { appendEvent } from './events.ts';
import { jobMac } from './genuine.ts';
import type { Server, ServerRef } from './servers.ts';
import { askedWithinAnHour } from './recent-jobs.ts';
import { json, type Db, type JobTable } from './tables.ts';
import type { JobActor, JobRequest } from '../jobs/request.ts';

export type Job = Selectable< JobTable >;
/** A sign-in at a provider. */
export type Account = Pick< GatewaySettings, 'smtpServer' | 'userName' >;
export const liveStates = [ 'queued', 'running' ] as const;
/** As the index is written: a bound value would not match it. */
const live = sql< boolean >`state in ('queued', 'running')`;

export interface NewJob extends ServerRef {
	request: JobRequest;
	digest: string;
	identity: string;
	askedBy: JobActor;
}

/** Adds a job with its first event; null: the same one is queued or running already. */
export async function addJob(
	tx: Db,
	vault: Vault,
	{ siteId, serverId, request, digest, identity, askedBy }: NewJob
): Promise< Job | null > {
	const ahead = await tx
		.selectFrom( 'jobs' )
		.select( 'verb' )
		.where( 'identity', '=', identity )
		.where( 'state', 'in', liveStates )
		.orderBy( 'createdAt', 'desc' )
		.limit( 1 )
		.executeTakeFirst();
	const asked = { id: randomUUID(), siteId, serverId, verb: request.verb, applying: false };
	const job = await tx
		.insertInto( 'jobs' )
		.values( {
			...asked,
			mac: jobMac( vault, { ...asked, request, askedBy } ),
			state: 'queued',
			digest,
			identity,
			request: json( request ),
			askedBy: json( askedBy ),
			createdAt: new Date(),
		} )
		.onConflict( ( conflict ) =>
			conflict.columns( [ 'siteId', 'serverId', 'verb', 'digest' ] ).where( live ).doNothing()
		)
		.returningAll()
		.executeTakeFirst();
	if ( ! job ) {
		return null;
	}
	await appendEvent( tx, { jobId: job.id, attempt: null, event: { type: 'queued', behind: ahead?.verb ?? null } } );
	return job;
}

/** The live job of the same click. */
export function sameJob(
	db: Db,
	{ siteId, serverId, verb, digest }: ServerRef & { verb: Verb; digest: string }
): Promise< Job | undefined > {
	return db
		.selectFrom( 'jobs' )
		.selectAll()
		.where( 'siteId', '=', siteId )
		.where( 'serverId', '=', serverId )
		.where( 'verb', '=', verb )
		.where( 'digest', '=', digest )
		.where( 'state', 'in', liveStates )
		.executeTakeFirst();
}

/** Errors: not_found, also for a job of another server. */
export async function jobOf( db: Db, { siteId, serverId }: ServerRef, jobId: string ): Promise< Job > {
	const job = await jobById( db, jobId );
	if ( ! job || job.siteId !== siteId || job.serverId !== serverId ) {
		throw new GatewayError( 'not_found' );
	}
	return job;
}

export function jobById( db: Db, jobId: string ): Promise< Job | undefined > {
	return db.selectFrom( 'jobs' ).selectAll().where( 'id', '=', jobId ).executeTakeFirst();
}

/** Of each server the job that runs or waits first, else the last one. */
export async function currentJobs(
	db: Db,
	siteId: string,
	serverIds: readonly number[]
): Promise< Map< number, Job > > {
	if ( ! serverIds.length ) {
		return new Map();
	}
	const rows = await db
		.selectFrom( 'jobs' )
		.distinctOn( 'serverId' )
		.selectAll()
		.where( 'siteId', '=', siteId )
		.where( 'serverId', 'in', serverIds )
		.orderBy( 'serverId' )
		.orderBy( ( { case: when } ) =>
			when().when( 'state', '=', 'running' ).then( 0 ).when( 'state', '=', 'queued' ).then( 1 ).else( 2 ).end()
		)
		.orderBy( 'createdAt', 'desc' )
		.execute();
	return new Map( rows.map( ( job ) => [ job.serverId, job ] ) );
}

/** Versions of a server's settings that are submitted, installed, or waited for by a live job. */
export async function keptVersions( db: Db, ref: ServerRef ): Promise< ( number | null )[] > {
	const server = await db
		.selectFrom( 'servers' )
		.select( [ 'submittedVersion', 'installedVersion' ] )
		.where( 'siteId', '=', ref.siteId )
		.where( 'serverId', '=', ref.serverId )
		.executeTakeFirst();
	const jobs = await db
		.selectFrom( 'jobs' )
		.select( 'request' )
		.where( 'siteId', '=', ref.siteId )
		.where( 'serverId', '=', ref.serverId )
		.where( 'state', 'in', liveStates )
		.execute();
	const awaited = jobs.flatMap( ( { request } ) =>
		request.verb === 'install_gateway' ? [ request.version ] : []
	);
	return [ server?.submittedVersion ?? null, server?.installedVersion ?? null, ...awaited ];
}

/** Jobs of a server that run or wait. */
export async function liveJobs( db: Db, { siteId, serverId }: ServerRef ): Promise< number > {
	const { count } = await db
		.selectFrom( 'jobs' )
		.select( ( { fn } ) => fn.countAll().as( 'count' ) )
		.where( 'siteId', '=', siteId )
		.where( 'serverId', '=', serverId )
		.where( 'state', 'in', liveStates )
		.executeTakeFirstOrThrow();
	return Number( count );
}

/** Whether a whole site has no more than so many jobs that run or wait. */
export async function hasFewJobs( db: Db, siteId: string, few: number ): Promise< boolean > {
	const query = db.selectFrom( 'jobs' ).select( 'id' ).where( 'siteId', '=', siteId ).where( live );
	return ( await query.limit( few + 1 ).execute() ).length <= few;
}

/** Jobs of a kind that one person of a site asked for within the last hour, or that anybody there asked for about one account. */
export async function recentJobsOf(
	db: Db,
	{ siteId, verb, login, account }: { siteId: string; verb: Verb; login: string; account: Account | null }
): Promise< { ofPerson: number; ofAccount: number } > {
	// those of the defaults do not count: that an account is theirs would show
	const isAccount = account
		? sql< boolean >`request ->> 'withDefaults' = 'false' and request #>> '{settings,smtpServer}' = ${ account.smtpServer } and lower(request #>> '{settings,userName}') = lower(${ account.userName })`
		: sql< boolean >`false`;
	return askedWithinAnHour( db, { siteId, login, isAccount, which: sql< boolean >`verb = ${ verb }` } );
}

/** Test mails asked for within the last hour, by nobody whose server it is no more. */
export async function recentTests(
	db: Db,
	{ siteId, serverId, handedAt }: Pick< Server, 'siteId' | 'serverId' | 'handedAt' >
): Promise< number > {
	const hourAgo = Date.now() - 3600_000;
	const { count } = await db
		.selectFrom( 'jobs' )
		.select( ( { fn } ) => fn.countAll().as( 'count' ) )
		.where( 'siteId', '=', siteId )
		.where( 'serverId', '=', serverId )
		.where( 'verb', '=', 'send_test_email' )
		.where( 'createdAt', '>', new Date( Math.max( hourAgo, handedAt?.getTime() ?? 0 ) ) )
		.executeTakeFirstOrThrow();
	return Number( count );
}
