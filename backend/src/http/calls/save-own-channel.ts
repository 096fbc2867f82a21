import { saveChannel as save } from '../../alerts/save-channel.ts';
import { ownTarget } from '../../alerts/own-target.ts';
import { note } from '../../db/audit.ts';
import type { Call } from '../call.ts';
import { changeOwnAlerts } from '../own-alerts.ts';

export const saveOwnChannel: Call< 'saveOwnChannel' > = ( app, { target, ...asked }, caller ) =>
	changeOwnAlerts( app, caller, async ( tx, keeper ) => {
		const { site, actor } = caller;
		const to = await ownTarget( app, tx, target, { siteId: site.id, mail: actor.mail } );
		const told = { ...asked, owner: keeper.own, target: to };
		const { channel, signingSecret } = await save( app, tx, { keeper, asked: told } );
		const detail = { channel: channel.kind, owner: keeper.own };
		await note( tx, app.vault, {
			...{ siteId: site.id, serverId: null, actor: actor.login, action: 'alerts_saved', detail },
		} );
		return signingSecret;
	} );
