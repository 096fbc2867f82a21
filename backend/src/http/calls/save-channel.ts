import { saveChannel as save } from '../../alerts/save-channel.ts';
import { note } from '../../db/audit.ts';
import { forSite } from '../../db/for-site.ts';
import { alertsView } from '../../views/alerts.ts';
import type { Call } from '../call.ts';

export const saveChannel: Call< 'saveChannel' > = ( app, asked, { site, actor } ) =>
	forSite( app.db, site, async ( tx ) => {
		const { channel, signingSecret } = await save( app, tx, { siteId: site.id, asked } );
		const detail = { channel: channel.kind, ...( asked.owner === null ? {} : { owner: asked.owner } ) };
		await note( tx, app.vault, {
			...{ siteId: site.id, serverId: null, actor: actor.login, action: 'alerts_saved', detail },
		} );
		return alertsView( app, tx, site.id, signingSecret );
	} );
