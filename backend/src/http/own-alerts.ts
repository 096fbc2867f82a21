import type { OwnAlertsView } from '@email-gateway/shared';
import type { App } from '../app.ts';
import { forSite } from '../db/for-site.ts';
import { holdServer, serverOf } from '../db/servers.ts';
import type { Tx } from '../db/tables.ts';
import { refOf, type Caller, type OfServer } from '../servers/caller.ts';
import { ownerAsking } from '../servers/own-alerts.ts';
import { ownAlertsView } from '../views/own-alerts.ts';
import type { View } from '../views/view.ts';

/**
 * Changes what an owner keeps, and answers with all of it. Meanwhile the server stays theirs: who owns none any more gets no
 * channel. Errors: those of ownerAsking.
 *
 * @param act gives the signing secret of a new webhook
 */
export const changeOwnAlerts = (
	app: App,
	caller: Caller & OfServer,
	act: ( tx: Tx, keeper: { siteId: string; own: number } ) => Promise< string | null | void >
): Promise< View< OwnAlertsView > > =>
	forSite( app.db, caller.site, async ( tx ) => {
		const { site, actor } = caller;
		ownerAsking( await serverOf( tx, app.vault, refOf( caller ) ), caller );
		const own = ownerAsking( await holdServer( tx, app.vault, refOf( caller ) ), caller );
		const signingSecret = ( await act( tx, { siteId: site.id, own } ) ) ?? null;
		return ownAlertsView( app, tx, { siteId: site.id, owner: own, mail: actor.mail }, signingSecret );
	} );
