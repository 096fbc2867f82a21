import { serverOf } from '../../db/servers.ts';
import { refOf } from '../../servers/caller.ts';
import { ownerAsking } from '../../servers/own-alerts.ts';
import { ownAlertsView } from '../../views/own-alerts.ts';
import type { Call } from '../call.ts';

export const readOwnAlerts: Call< 'readOwnAlerts' > = async ( app, _input, caller ) => {
	const { site, actor } = caller;
	const owner = ownerAsking( await serverOf( app.db, app.vault, refOf( caller ) ), caller );
	return ownAlertsView( app, app.db, { siteId: site.id, owner, mail: actor.mail } );
};
