import type { App } from '../app.ts';
import { claimReports } from '../db/alert-channels.ts';
import { addDelivery } from '../db/alert-deliveries.ts';
import { weekOf } from '../ledger/week.ts';
import { reportFor } from '../views/report.ts';
import { genuineSite } from './genuine-site.ts';

const weekMs = 7 * 86_400_000;

/** Queues the weekly report of each channel that it is due for: the week that ended on Monday, UTC. */
export async function reportDue( parts: Pick< App, 'db' | 'vault' | 'log' > ): Promise< void > {
	await parts.db.transaction().execute( async ( tx ) => {
		for ( const { channel, monday: to } of await claimReports( tx ) ) {
			const { siteId, owner } = channel;
			const from = new Date( to.getTime() - weekMs );
			const week = await weekOf( tx, { siteId, owner, from, to } );
			const site = await genuineSite( { ...parts, db: tx }, siteId );
			if ( site ) {
				await addDelivery( tx, channel, reportFor( { owner }, { site, week, from, to } ) );
			}
		}
	} );
}
