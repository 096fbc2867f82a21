import { isFailure } from '../errors.ts';
import type { Caller } from '../servers/caller.ts';
import { takesOwner } from '../servers/ownership.ts';
import type { Vault } from '../vault/vault.ts';
import { note } from './audit.ts';
import { endStrayChannels } from './end-channel.ts';
import { forSite } from './for-site.ts';
import { endIncident } from './incidents.ts';
import { cancelJob } from './job-life.ts';
import { afterCancelled } from './job-secrets.ts';
import { liveStates, type Job } from './jobs.ts';
import { endOnBackup, onBackup } from './on-backup.ts';
import { signInFields } from './places.ts';
import { endRouteBackup } from './route-on-backup.ts';
import { keepRoutes, noKeptRoutes, routesOn, type KeptRoute } from './routes.ts';
import type { SecretStore } from './secrets.ts';
import { holdServer, type Server, type ServerRef } from './servers.ts';
import { changeConnection, changeServer } from './change-server.ts';
import type { Db, Tx } from './tables.ts';

interface Parts {
	vault: Vault;
	secrets: SecretStore;
}

/**
 * Takes the owner of a server as WordPress tells it with each request. A server that changes hands takes nothing of the
 * former owner along: no password, no job that waits, and none of what was done before is shown to the next one. Its
 * gateway stays, since mail must go on; what it was installed with is shown to administrators only.
 * Errors: forbidden, see takesOwner.
 */
export async function noteOwner(
	app: Parts & { db: Db },
	ref: ServerRef,
	owner: number,
	caller: Pick< Caller, 'actor' | 'may' | 'now' >
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
		if ( ! takesOwner( server, owner, caller ) ) {
			return;
		}
		const { login } = caller.actor;
		await changeServer( tx, server.id, { owner } );
		if ( server.owner !== null ) {
			await handOver( app, tx, server, login );
			const entry = { ...ref, actor: login, action: 'server_handed_over' } as const;
			await note( tx, app.vault, { ...entry, detail: { to: owner } } );
			await endStrayChannels( app, tx, ref.siteId, login );
		}
	} );
}

async function handOver( app: Parts, tx: Tx, server: Server, login: string ): Promise< void > {
	const ref = { siteId: server.siteId, serverId: server.serverId };
	for ( const job of await liveJobsOf( tx, ref ) ) {
		await stop( app, tx, job, login );
	}
	const ofServer = tx
		.selectFrom( 'settings' )
		.where( 'siteId', '=', ref.siteId )
		.where( 'serverId', '=', ref.serverId );
	const { highest } = await ofServer
		.select( ( { fn } ) => fn.max( 'version' ).as( 'highest' ) )
		.executeTakeFirstOrThrow();
	// those of an account are the site's
	const typed = ofServer
		.where( 'account', 'is', null )
		.select( ( { cast, ref: column } ) => cast< string >( column( 'id' ), 'text' ).as( 'id' ) );
	await tx.deleteFrom( 'secrets' ).where( 'tableName', '=', 'settings' ).where( 'rowId', 'in', typed ).execute();
	await letGoOfFirst( app, tx, server );
	const parts = { db: tx, secrets: app.secrets };
	await letGoOfRoutes( parts, server );
	await changeServer( tx, server.id, {
		handedAt: new Date(),
		handedVersion: highest ?? 0,
		submittedVersion: server.installedVersion,
		lastTest: null,
	} );
	// where the former owner's sites send is not for the next one
	await tx.deleteFrom( 'sideDoors' ).where( 'server', '=', server.id ).execute();
	await tx.deleteFrom( 'unlistedSenders' ).where( 'server', '=', server.id ).execute();
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

/** A password that the former owner typed is not gone back to: the server stays with the account that it has. */
async function letGoOfFirst( { secrets }: Pick< Parts, 'secrets' >, tx: Tx, server: Server ): Promise< void > {
	const active = await onBackup( { db: tx, secrets }, server ).catch( () => null );
	if ( active?.first.account === null ) {
		await endOnBackup( { db: tx, secrets }, server );
		await endIncident( tx, { siteId: server.siteId, server: server.id, kind: 'on_backup' } );
	}
}

/** The same of routes: one that was typed goes, one that sends by its backup stays with that account. */
async function letGoOfRoutes( parts: { db: Tx; secrets: SecretStore }, server: Server ): Promise< void > {
	const { without, routes } = await routesOn( parts, server ).catch( () => noKeptRoutes );
	const stay = routes.filter( ( { account } ) => account !== null );
	const isLet = ( { account, onBackup: active }: KeptRoute ) => account === null || active?.first.account === null;
	for ( const route of routes.filter( isLet ) ) {
		await endRouteBackup( parts, server, route );
	}
	const kept = stay.map( ( route ) => ( isLet( route ) ? { ...route, onBackup: null } : route ) );
	await keepRoutes( parts, server, { without, routes: kept } );
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
async function stop( { secrets }: Pick< Parts, 'secrets' >, tx: Tx, job: Job, login: string ): Promise< void > {
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
	await afterCancelled( { secrets }, tx, job );
}
