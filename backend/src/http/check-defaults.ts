import type { DefaultsInput } from '@email-gateway/shared';
import type { App } from '../app.ts';
import { forSite } from '../db/for-site.ts';
import { hasSuppliedServer, serverForDefaults } from '../db/servers.ts';
import { GatewayError } from '../errors.ts';
import { askForJob } from '../jobs/ask.ts';
import { jobActor } from './caller.ts';
import { defaultsPassword } from './defaults.ts';
import type { Caller } from './mount.ts';

/**
 * Check Settings for default credentials, saved or only typed. They belong to no server, so we look from one that may
 * be given them anyway: the one that answered last. Its password stays here: only the provider is given it.
 */
export async function checkDefaults(
	app: App,
	{ defaults: input }: { defaults: DefaultsInput },
	caller: Caller
): Promise< { jobId: string; serverId: number; host: string } > {
	const { password: choice, ...settings } = input;
	return forSite( app.db, caller.site, async ( tx ) => {
		const password = await defaultsPassword( app, tx, { siteId: caller.site.id, settings, choice } );
		const server = await serverForDefaults( tx, app.vault, caller.site.id );
		if ( ! server?.host ) {
			const isKept = await hasSuppliedServer( tx, caller.site.id );
			throw new GatewayError( 'no_server_to_look_from', isKept ? { keptBy: 'wpclouddeploy' } : {} );
		}
		const { jobId } = await askForJob( app, tx, {
			server,
			request: {
				verb: 'check_settings',
				settings: { ...settings, serverHostname: null, rootMail: null, caCertificate: null },
				withDefaults: true,
			},
			askedBy: jobActor( caller ),
			connection: null,
			password: { secret: password, keepWithJob: true },
		} );
		return { jobId, serverId: server.serverId, host: server.host };
	} );
}
