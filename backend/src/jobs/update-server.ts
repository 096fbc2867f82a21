import type { App } from '../app.ts';
import { accountOf } from '../db/accounts.ts';
import { noteUse, passwordOfAccount } from '../db/choose-password.ts';
import { forSite } from '../db/for-site.ts';
import { holdServer } from '../db/servers.ts';
import { settingsVersion, submitSettings } from '../db/settings.ts';
import { GatewayError } from '../errors.ts';
import type { Caller } from '../servers/caller.ts';
import { refuseDefaultsOn } from '../servers/defaults-access.ts';
import { refuseUnready } from '../servers/readiness.ts';
import { askOn } from './on-server.ts';
import type { JobRequest } from './request.ts';

/**
 * Queues the reinstall of a server with the present values of the account that it has. What it has of its own stays.
 * Errors: those of refuseUnready, refuseDefaultsOn and askForJob; not_found, where it has another account by now.
 */
export function updateServer(
	app: App,
	caller: Caller,
	{ serverId, accountId }: { serverId: number; accountId: string }
): Promise< { jobId: string } > {
	const { site, actor } = caller;
	const ref = { siteId: site.id, serverId };
	return forSite( app.db, site, async ( tx ) => {
		// its owner is whom WordPress named last
		const server = await holdServer( tx, app.vault, ref );
		refuseUnready( server, null );
		refuseDefaultsOn( server );
		const installed = await settingsVersion( tx, ref, server.installedVersion );
		if ( installed?.account !== accountId ) {
			throw new GatewayError( 'not_found' );
		}
		const account = await accountOf( tx, { siteId: site.id, id: accountId } );
		const password = await passwordOfAccount( app, tx, account );
		const settings = { ...installed.settings, ...account.settings, caCertificate: null };
		const version = await submitSettings( tx, app, {
			...{ server, settings, password, by: actor.login },
			account: { id: account.id, version: account.version },
		} );
		await noteUse( app, tx, { server, account, by: actor.login } );
		const request: JobRequest = { verb: 'install_gateway', version, consents: [], siteUrl: site.url };
		return askOn( app, tx, server, { request }, { ...caller, connection: null } );
	} );
}
