import { note } from '../../db/audit.ts';
import { chooseDefaultsPassword } from '../../db/choose-password.ts';
import { saveDefaults as save } from '../../db/defaults.ts';
import { forSite } from '../../db/for-site.ts';
import { defaultsView } from '../../views/defaults.ts';
import type { Call } from '../call.ts';

export const saveDefaults: Call< 'saveDefaults' > = ( app, { defaults: input }, caller ) =>
	forSite( app.db, caller.site, async ( tx ) => {
		const siteId = caller.site.id;
		const by = caller.actor.login;
		const { password: _choice, ...settings } = input;
		const password = await chooseDefaultsPassword( app, tx, { siteId, input } );
		await save( tx, app.secrets, { siteId, settings, password, by } );
		const detail = { smtpServer: settings.smtpServer };
		await note( tx, app.vault, { siteId, serverId: null, actor: by, action: 'defaults_saved', detail } );
		return defaultsView( tx, caller );
	} );
