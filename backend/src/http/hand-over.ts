import type { App } from '../app.ts';
import { note } from '../db/audit.ts';
import { forSite } from '../db/for-site.ts';
import { cancelJob } from '../db/job-life.ts';
import { liveStates, type Job } from '../db/jobs.ts';
import { signInFields } from '../db/places.ts';
import { changeConnection, changeServer, holdServer, type Server, type ServerRef } from '../db/servers.ts';
import { letGoOfDefaults } from '../db/settings.ts';
import type { Tx } from '../db/tables.ts';
import { GatewayError, isFailure } from '../errors.ts';
import { dropJobSecrets } from '../jobs/job-secrets.ts';
import type { Caller } from './mount.ts';

/** A request that was on its way while a server changed hands has come by then: none is accepted a minute after it was signed. */
const onItsWayMs = 60_000;

/**
 * Takes the owner of a server as WordPress tells it with each request. A server that changes hands takes nothing of the
 * former owner along: no password, no job that waits, and none of what was done before is shown to the next one. Its
 * gateway stays, since mail must go on; what it was installed with is shown to administrators only.
 * For a minute no request changes that again: it may be one that was on its way, and names the former owner.
 * Errors: forbidden, for such a one of somebody who does not manage the site.
 */
export async function noteOwner(
	app: Pick< App, 'db' | 'vault' | 'secrets' >,
	ref: ServerRef,
	owner: number,
	{ actor: { login }, may }: Pick< Caller, 'actor' | 'may' >
): Promise< void > {
	const known = await app.db
		.selectFrom( 'servers' )
		.select( 'owner' )
		.where( 'siteId', '=', ref.siteId )
		.where( 'serverId', '=', ref.serverId )
		.executeTakeFirst();
	if ( ! known || known.owner === owner ) {
		return;
	}
	await forSite( app.db, { id: ref.siteId }, async ( tx ) => {
		const server = await holdServer( tx, app.vault, ref );
		if ( server.owner === owner ) {
			return;
		}
		if ( server.handedAt && Date.now() - server.handedAt.getTime() < onItsWayMs ) {
			if ( ! may( 'manage_site' ) ) {
				throw new GatewayError( 'forbidden', { reason: 'permission' } );
			}
			return;
		}
		await changeServer( tx, server.id, { owner } );
		if ( server.owner !== null ) {
			await handOver( app, tx, server, login );
			const entry = { ...ref, actor: login, action: 'server_handed_over' } as const;
			await note( tx, app.vault, { ...entry, detail: { to: owner } } );
		}
	} );
}

async function handOver(
	app: Pick< App, 'vault' | 'secrets' >,
	tx: Tx,
	server: Server,
	login: string
): Promise< void > {
	const ref = { siteId: server.siteId, serverId: server.serverId };
	for ( const job of await liveJobsOf( tx, ref ) ) {
		await stop( app, tx, { ...ref, job, login } );
	}
	const ofServer = tx
		.selectFrom( 'settings' )
		.where( 'siteId', '=', ref.siteId )
		.where( 'serverId', '=', ref.serverId );
	const { highest } = await ofServer
		.select( ( { fn } ) => fn.max( 'version' ).as( 'highest' ) )
		.executeTakeFirstOrThrow();
	// those of the defaults are the site's
	const typed = ofServer
		.where( 'defaultsVersion', 'is', null )
		.select( ( { cast, ref: column } ) => cast< string >( column( 'id' ), 'text' ).as( 'id' ) );
	await tx.deleteFrom( 'secrets' ).where( 'tableName', '=', 'settings' ).where( 'rowId', 'in', typed ).execute();
	await changeServer( tx, server.id, {
		handedAt: new Date(),
		handedVersion: highest ?? 0,
		submittedVersion: server.installedVersion,
		lastTest: null,
	} );
	if ( ! server.setByAdministrator ) {
		for ( const field of signInFields ) {
			await app.secrets.remove( tx, { table: 'servers', id: server.id, field } );
		}
		await changeConnection( tx, app.vault, server, {
			host: null,
			sshPort: null,
			sshUser: null,
			signIn: null,
			hostKey: null,
		} );
	}
}

const liveJobsOf = ( tx: Tx, { siteId, serverId }: ServerRef ): Promise< Job[] > =>
	tx
		.selectFrom( 'jobs' )
		.selectAll()
		.where( 'siteId', '=', siteId )
		.where( 'serverId', '=', serverId )
		.where( 'state', 'in', liveStates )
		.execute();

/** One that waits ends, one that runs is asked to stop; what is being given back goes on to its end. */
async function stop(
	{ secrets }: Pick< App, 'secrets' >,
	tx: Tx,
	{ siteId, serverId, job, login }: ServerRef & { job: Job; login: string }
): Promise< void > {
	try {
		if ( ( await cancelJob( tx, job.id, login ) ) === 'asked' ) {
			return;
		}
	} catch ( error ) {
		if ( isFailure( error ) ) {
			return;
		}
		throw error;
	}
	if ( job.verb === 'install_gateway' ) {
		await letGoOfDefaults( tx, { siteId, serverId } );
	}
	await dropJobSecrets( { secrets }, tx, { siteId, serverId, jobId: job.id } );
}

/** Whether it is of before the server got its present owner, and not shown to who only runs it. */
export const isOfFormerOwner = (
	server: Pick< Server, 'handedAt' > | undefined,
	{ createdAt: at }: Pick< Job, 'createdAt' >
): boolean => {
	const since = server?.handedAt ?? null;
	return since !== null && at < since;
};
