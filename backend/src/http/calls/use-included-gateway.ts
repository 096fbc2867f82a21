import { noteUse, savedDefaults } from '../../db/choose-password.ts';
import { settingsVersion, submitSettings } from '../../db/settings.ts';
import { onReadyServer } from '../../jobs/on-server.ts';
import { refOf } from '../../servers/caller.ts';
import { refuseIncluded } from '../../servers/defaults-access.ts';
import { accepted } from '../../views/answers.ts';
import type { Call } from '../call.ts';

/** Installs with the defaults for someone who is not shown them: no value comes from the caller, and none goes back. */
export const useIncludedGateway: Call< 'useIncludedGateway' > = async ( app, _input, caller ) => {
	const { site, actor } = caller;
	const job = await onReadyServer( app, caller, async ( tx, server ) => {
		refuseIncluded( site, server, await settingsVersion( tx, refOf( caller ), server.installedVersion ) );
		const { defaults, password } = await savedDefaults( app, tx, site.id );
		const settings = { ...defaults.settings, serverHostname: null, rootMail: null, caCertificate: null };
		const submitted = { server, settings, password, defaultsVersion: defaults.version, by: actor.login };
		const version = await submitSettings( tx, app, submitted );
		await noteUse( app, tx, { server, defaults, by: actor.login } );
		return { request: { verb: 'install_gateway', version, consents: [], siteUrl: site.url } };
	} );
	return accepted( job );
};
