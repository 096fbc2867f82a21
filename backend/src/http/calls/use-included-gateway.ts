import { accountOf, defaultAccountOf } from '../../db/accounts.ts';
import { noteUse, passwordOfAccount, savedDefault } from '../../db/choose-password.ts';
import { onBackup } from '../../db/on-backup.ts';
import { settingsVersion, submitSettings } from '../../db/settings.ts';
import { onReadyServer } from '../../jobs/on-server.ts';
import { behindBackup } from '../../servers/behind-backup.ts';
import { refOf } from '../../servers/caller.ts';
import { refuseIncluded } from '../../servers/defaults-access.ts';
import { accepted } from '../../views/answers.ts';
import type { Call } from '../call.ts';

/** Installs with the defaults for someone who is not shown them: no value comes from the caller, and none goes back. */
export const useIncludedGateway: Call< 'useIncludedGateway' > = async ( app, _input, caller ) => {
	const { site, actor } = caller;
	const job = await onReadyServer( app, caller, async ( tx, server ) => {
		const installed = await settingsVersion( tx, refOf( caller ), server.installedVersion );
		const default_ = await defaultAccountOf( tx, site.id );
		const active = await onBackup( { db: tx, secrets: app.secrets }, server );
		refuseIncluded( site, server, { account: default_, installed: behindBackup( installed, active ) } );
		// who is not shown the backup does not end it either
		const account = active
			? await accountOf( tx, { siteId: site.id, id: active.account } )
			: await savedDefault( tx, site.id );
		const password = await passwordOfAccount( app, tx, account );
		const settings = { ...account.settings, serverHostname: null, rootMail: null, caCertificate: null };
		const submitted = {
			server,
			settings,
			password,
			account: { id: account.id, version: account.version },
			by: actor.login,
		};
		const version = await submitSettings( tx, app, submitted );
		await noteUse( app, tx, { server, account, by: actor.login } );
		return { request: { verb: 'install_gateway', version, consents: [], siteUrl: site.url } };
	} );
	return accepted( job );
};
