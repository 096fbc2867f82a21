import type { ConnectionView, ServerView } from '@email-gateway/shared';
import type { App } from '../app.ts';
import { note } from '../db/audit.ts';
import { defaultsOf, type Defaults } from '../db/defaults.ts';
import { forSite } from '../db/for-site.ts';
import { isOfFormerOwner } from './hand-over.ts';
import { jobShowsUnshown } from '../db/job-defaults.ts';
import { currentJobs, jobView, type Job } from '../db/jobs.ts';
import { passwordOf } from '../db/places.ts';
import { changeConnection, holdServer, serversOf, type Server } from '../db/servers.ts';
import { hasUnshown, settingsVersion, type SettingsVersion } from '../db/settings.ts';
import type { Db } from '../db/tables.ts';
import { watchesOf, watchOf } from '../db/watches.ts';
import { checkedAt, gatewayState } from '../watch/gateway-state.ts';
import { includedGateway } from './included-gateway.ts';
import { managedKeyOf } from './managed-key.ts';
import type { Caller, Params } from './mount.ts';
import { withholdConnection, withholdGateway, withholdJob } from './withhold.ts';

/** Everything one server's screen shows. The first time makes the server's own key. */
export async function readServer( app: App, { site, may, serverId }: Caller & Params ): Promise< ServerView > {
	return forSite( app.db, site, async ( tx ) => {
		const ref = { siteId: site.id, serverId };
		const server = await withoutForgery( app, tx, await holdServer( tx, app.vault, ref ) );
		const managedKey = await managedKeyOf( app, tx, server );
		const current = ( await currentJobs( tx, site.id, [ serverId ] ) ).get( serverId );
		const job = shownJob( server, current, may );
		const submitted = await settingsVersion( tx, ref, server.submittedVersion );
		const installed = await settingsVersion( tx, ref, server.installedVersion );
		const defaults = await defaultsOf( tx, site.id );
		const isShown = may( 'manage_defaults' );
		const gateway = {
			state: gatewayState( { server, job, watch: await watchOf( tx, server.id ), nowMs: Date.now() } ),
			submitted: submitted ? versionView( submitted ) : null,
			installed: installed ? versionView( installed ) : null,
			passwordSaved: submitted ? await app.secrets.has( tx, passwordOf( submitted ) ) : false,
			submittedIsInstalled: submitted !== undefined && submitted.version === installed?.version,
			usesOlderDefaults: isShown && isOlder( installed, defaults ),
			included: includedGateway( { site, may }, server, { defaults, installed } ),
			lastTest: server.lastTest,
		};
		const isWithheld = ! may( 'manage_defaults' ) && ( await hasUnshown( tx, server ) );
		const isJobWithheld =
			isWithheld || ( ! may( 'manage_defaults' ) && job !== undefined && ( await jobShowsUnshown( tx, job ) ) );
		const view = job ? jobView( job ) : null;
		const connection = await connectionView( app, tx, server );
		return {
			serverId,
			managedKey,
			connection: isWithheld ? withholdConnection( connection ) : connection,
			handedOver: handedOver( server ),
			gateway: isWithheld ? withholdGateway( gateway ) : gateway,
			job: view && isJobWithheld ? withholdJob( view ) : view,
			defaultsSaved: isShown && defaults !== undefined,
		};
	} );
}

/** What a former owner asked for is for administrators. */
const shownJob = ( server: Server, job: Job | undefined, may: Caller[ 'may' ] ): Job | undefined =>
	job && isOfFormerOwner( server, job ) && ! may( 'manage_site' ) ? undefined : job;

/** Told until the present owner has a gateway of their own. */
function handedOver( server: Server ): ServerView[ 'handedOver' ] {
	const { handedAt: at, handedVersion: last, submittedVersion: submitted, installedVersion: installed } = server;
	if ( at === null || last === null || ( submitted !== null && submitted > last ) ) {
		return null;
	}
	return { at: at.toISOString(), gatewayStays: installed !== null };
}

/** A connection that we did not write is noted, and cleared away: this server has none. */
async function withoutForgery( { vault, log }: App, tx: Db, server: Server ): Promise< Server > {
	if ( ! server.tampered ) {
		return server;
	}
	const { host } = await tx
		.selectFrom( 'servers' )
		.select( 'host' )
		.where( 'id', '=', server.id )
		.executeTakeFirstOrThrow();
	log.error( { server: server.id, host }, 'a connection that we did not write is not used' );
	const entry = { siteId: server.siteId, serverId: server.serverId, actor: '', action: 'record_refused' } as const;
	await note( tx, vault, { ...entry, detail: { host } } );
	return changeConnection( tx, vault, server, {} );
}

/** A row for each of the servers asked for that we know. */
export async function listServers( { db, vault }: App, { ids }: { ids: string }, { site, may }: Caller ) {
	const serverIds = ids.split( ',' ).map( Number );
	const rows = new Map(
		( await serversOf( db, vault, site.id, serverIds ) ).map( ( server ) => [ server.serverId, server ] )
	);
	const jobs = await currentJobs( db, site.id, serverIds );
	const watches = await watchesOf(
		db,
		[ ...rows.values() ].map( ( { id } ) => id )
	);
	const nowMs = Date.now();
	const servers = serverIds.map( ( serverId ) => {
		const server = rows.get( serverId );
		return {
			serverId,
			host: server?.host ?? null,
			state: server
				? gatewayState( {
						server,
						job: shownJob( server, jobs.get( serverId ), may ),
						watch: watches.get( server.id ),
						nowMs,
				  } )
				: ( 'not_connected' as const ),
			checkedAt: server?.installedVersion ? checkedAt( server ) : null,
			hasGateway: server ? hasGateway( server, jobs.get( serverId ) ) : false,
			lastTest: server?.lastTest ? { at: server.lastTest.at, outcome: server.lastTest.outcome } : null,
		};
	} );
	return { servers };
}

/** Whether something of ours would stay on the server if nobody could reach it from here any more. */
export function hasGateway( server: Server, job: Job | undefined ): boolean {
	const isLive = job?.state === 'queued' || job?.state === 'running';
	const mayChange = isLive && ( job.verb === 'install_gateway' || job.verb === 'remove_gateway' );
	return server.installedVersion !== null || server.unfinished || server.lastLook?.gateway === 'ours' || mayChange;
}

async function connectionView( { secrets }: App, tx: Db, server: Server ): Promise< ConnectionView | null > {
	if ( ! server.host || ! server.sshPort || ! server.sshUser || ! server.signIn ) {
		return null;
	}
	const isSaved = ( field: string ) => secrets.has( tx, { table: 'servers', id: server.id, field } );
	return {
		host: server.host,
		sshPort: server.sshPort,
		sshUser: server.sshUser,
		signIn: server.signIn,
		passphraseSaved: await isSaved( 'passphrase' ),
		sudoPasswordSaved: await isSaved( 'sudo_password' ),
		hostKey: server.hostKey,
		lastLook: server.lastLook,
	};
}

function isOlder( installed: SettingsVersion | undefined, defaults: Defaults | undefined ): boolean {
	const version = installed?.defaultsVersion ?? null;
	return version !== null && defaults !== undefined && version < defaults.version;
}

function versionView( { version, at, settings, defaultsVersion }: SettingsVersion ) {
	return { version, at: at.toISOString(), settings, defaultsVersion };
}
