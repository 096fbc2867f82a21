import { saveChannel as save } from '../../alerts/save-channel.ts';
import { note } from '../../db/audit.ts';
import { forSite } from '../../db/for-site.ts';
import { alertsView } from '../../views/alerts.ts';
import { refuseDefaults } from '../../servers/defaults-access.ts';
import type { Call } from '../call.ts';

/** Email goes out by an account, which is for who may manage them. */
export const saveChannel: Call< 'saveChannel' > = ( app, asked, { site, actor, may } ) =>
	forSite( app.db, site, async ( tx ) => {
		if ( asked.target?.kind === 'email' ) {
			refuseDefaults( { may } );
		}
		const { channel, signingSecret } = await save( app, tx, { keeper: { siteId: site.id, own: null }, asked } );
		const detail = { channel: channel.kind, ...( asked.owner === null ? {} : { owner: asked.owner } ) };
		await note( tx, app.vault, {
			...{ siteId: site.id, serverId: null, actor: actor.login, action: 'alerts_saved', detail },
		} );
		return alertsView( app, tx, site.id, signingSecret );
	} );
