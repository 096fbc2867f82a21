import { chooseDefaultsPassword } from '../../db/choose-password.ts';
import { forSite } from '../../db/for-site.ts';
import { hasSuppliedServer, serverForDefaults } from '../../db/servers-of-site.ts';
import { GatewayError } from '../../errors.ts';
import { askOn } from '../../jobs/on-server.ts';
import { checkAccepted } from '../../views/answers.ts';
import type { Call } from '../call.ts';

/**
 * Check Settings for default credentials, saved or only typed. They belong to no server, so we look from one that may
 * be given them anyway: the one that answered last. Its password stays here: only the provider is given it.
 */
export const checkDefaults: Call< 'checkDefaults' > = ( app, { defaults: input }, caller ) =>
	forSite( app.db, caller.site, async ( tx ) => {
		const siteId = caller.site.id;
		const secret = await chooseDefaultsPassword( app, tx, { siteId, input } );
		const server = await serverForDefaults( tx, app.vault, siteId );
		if ( ! server?.host ) {
			const isKept = await hasSuppliedServer( tx, siteId );
			throw new GatewayError( 'no_server_to_look_from', isKept ? { keptBy: 'wpclouddeploy' } : {} );
		}
		const { password: _choice, ...typed } = input;
		const settings = { ...typed, serverHostname: null, rootMail: null, caCertificate: null };
		const request = { verb: 'check_settings', settings, withDefaults: true } as const;
		const asked = { request, password: { secret, keepWithJob: true } };
		return checkAccepted(
			await askOn( app, tx, server, asked, { ...caller, connection: null } ),
			server,
			server.host
		);
	} );
