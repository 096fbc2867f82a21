import type { App } from '../app.ts';
import { claimReports } from '../db/alert-channels.ts';
import { addDelivery } from '../db/alert-deliveries.ts';
import { siteById } from '../db/sites.ts';
import { weekOf } from '../ledger/week.ts';
import { reportFor } from '../views/report.ts';

const weekMs = 7 * 86_400_000;

/** Queues the weekly report of each channel that it is due for: the week that ended on Monday, UTC. */
export async function reportDue( { db, vault }: Pick< App, 'db' | 'vault' > ): Promise< void > {
	await db.transaction().execute( async ( tx ) => {
		for ( const { channel, monday: to } of await claimReports( tx ) ) {
			const { siteId, owner } = channel;
			const from = new Date( to.getTime() - weekMs );
			const week = await weekOf( tx, { siteId, owner, from, to } );
			const site = await siteById( tx, vault, siteId );
			await addDelivery( tx, channel, reportFor( { owner }, { site, week, from, to } ) );
		}
	} );
}
