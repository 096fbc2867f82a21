import type { DefaultsView, IncludedGateway } from '@email-gateway/shared';
import type { App } from '../app.ts';
import { note } from '../db/audit.ts';
import { defaultsOf, type Defaults } from '../db/defaults.ts';
import { forSite } from '../db/for-site.ts';
import { defaultPasswordOf } from '../db/places.ts';
import { holdServer, type Server } from '../db/servers.ts';
import { settingsVersion, submitSettings, type SettingsVersion } from '../db/settings.ts';
import { letCustomersUseIncluded, type Site } from '../db/sites.ts';
import { GatewayError } from '../errors.ts';
import { askForJob } from '../jobs/ask.ts';
import { jobActor } from './caller.ts';
import { readDefaults } from './defaults.ts';
import { ready } from './gateway.ts';
import type { Caller, Params } from './mount.ts';

/** Lets customers use the defaults without being shown them, or no longer. What is installed stays. */
export async function offerIncludedGateway(
	{ db, vault }: App,
	{ customersMayUse }: { customersMayUse: boolean },
	{ site, actor }: Caller
): Promise< DefaultsView > {
	return db.transaction().execute( async ( tx ) => {
		await letCustomersUseIncluded( tx, vault, site, customersMayUse );
		await note( tx, vault, {
			siteId: site.id,
			serverId: null,
			actor: actor.login,
			action: 'included_gateway_offered',
			detail: { customersMayUse },
		} );
		return readDefaults( { db: tx }, { site: { ...site, customersMayUseIncluded: customersMayUse } } );
	} );
}

/** Installs with the defaults for someone who is not shown them: no value comes from the caller, and none goes back. */
export async function useIncludedGateway( app: App, caller: Caller & Params ): Promise< { jobId: string } > {
	const { site, actor, serverId } = caller;
	return forSite( app.db, site, async ( tx ) => {
		const server = await holdServer( tx, app.vault, { siteId: site.id, serverId } );
		ready( server, caller.connection );
		const installed = await settingsVersion( tx, { siteId: site.id, serverId }, server.installedVersion );
		// one of their own goes first: what is left to change after it would tell how much of it is the same
		if ( ! mayUse( site, server ) || ( installed && installed.defaultsVersion === null ) ) {
			throw new GatewayError( 'forbidden', { reason: 'permission' } );
		}
		const defaults = await defaultsOf( tx, site.id );
		const password = defaults ? await app.secrets.read( tx, defaultPasswordOf( defaults ) ) : null;
		if ( ! defaults || ! password ) {
			throw new GatewayError( 'no_defaults_saved' );
		}
		const settings = { ...defaults.settings, serverHostname: null, rootMail: null, caCertificate: null };
		const submitted = { server, settings, password, defaultsVersion: defaults.version, by: actor.login };
		const version = await submitSettings( tx, app, submitted );
		await note( tx, app.vault, {
			siteId: site.id,
			serverId,
			actor: actor.login,
			action: 'defaults_used',
			detail: { version: defaults.version },
		} );
		return askForJob( app, tx, {
			server,
			request: { verb: 'install_gateway', version, consents: [], siteUrl: site.url },
			askedBy: jobActor( caller ),
			connection: caller.connection,
		} );
	} );
}

/** What someone who is not shown the defaults is told of them. Who has a gateway of their own keeps its form until they remove it. */
export function includedGateway(
	{ site, may }: Pick< Caller, 'site' | 'may' >,
	server: Server,
	{ defaults, installed }: { defaults: Defaults | undefined; installed: SettingsVersion | undefined }
): IncludedGateway {
	if ( may( 'manage_defaults' ) ) {
		return 'absent';
	}
	const isOffered = defaults !== undefined && mayUse( site, server );
	if ( installed && installed.defaultsVersion !== null ) {
		return isOffered ? 'in_use' : 'withdrawn';
	}
	return isOffered && ! installed ? 'offered' : 'absent';
}

/** Only where the site owner wants it, on a connection that someone who may manage the defaults has set and trusted. */
function mayUse( site: Site, server: Server ): boolean {
	return site.customersMayUseIncluded && server.mayHaveDefaults && server.hostKey?.state === 'trusted';
}
