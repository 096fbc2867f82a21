import { accountOf } from '../../db/accounts.ts';
import { chooseAccountPassword } from '../../db/choose-password.ts';
import { forSite } from '../../db/for-site.ts';
import { hasSuppliedServer, serverForDefaults } from '../../db/servers-of-site.ts';
import { GatewayError } from '../../errors.ts';
import { askOn } from '../../jobs/on-server.ts';
import { checkAccepted } from '../../views/answers.ts';
import type { Call } from '../call.ts';

/**
 * Check Settings for an account, saved or only typed. It belongs to no server, so we look from one that may be given it
 * anyway: the one that answered last. Its password stays here: only the provider is given it. What is saved is proved by it.
 */
export const checkAccount: Call< 'checkAccount' > = ( app, { account: input }, caller ) =>
	forSite( app.db, caller.site, async ( tx ) => {
		const siteId = caller.site.id;
		const secret = await chooseAccountPassword( app, tx, { siteId, input } );
		const server = await serverForDefaults( tx, app.vault, siteId );
		if ( ! server?.host ) {
			const isKept = await hasSuppliedServer( tx, siteId );
			throw new GatewayError( 'no_server_to_look_from', isKept ? { keptBy: 'wpclouddeploy' } : {} );
		}
		const { id, name: _name, isDefault: _mark, dailyLimit: _limit, password: choice, ...typed } = input;
		const saved = id === null || choice.use === 'typed' ? null : await accountOf( tx, { siteId, id } );
		const isSaved = saved !== null && saved.settings.smtpPort === typed.smtpPort;
		const settings = { ...typed, serverHostname: null, rootMail: null, caCertificate: null };
		const request = {
			verb: 'check_settings',
			settings,
			withDefaults: true,
			...( isSaved && { account: { id: saved.id, version: saved.version } } ),
		} as const;
		const asked = { request, password: { secret, keepWithJob: true } };
		return checkAccepted(
			await askOn( app, tx, server, asked, { ...caller, connection: null } ),
			server,
			server.host
		);
	} );
