import { endBackup } from '../db/backup.ts';
import { noGatewaySeen, recordOf } from '../db/change-server.ts';
import { keepClosedDoors } from '../db/closed-doors.ts';
import { endRouteBackup } from '../db/route-on-backup.ts';
import { endRoutes, noKeptRoutes, routesOn } from '../db/routes.ts';
import { endSandbox } from '../db/sandbox.ts';
import { letGoOfDefaults } from '../db/settings.ts';
import { managedElsewhere } from '../gateway/refusal.ts';
import type { VerbOf } from './context.ts';
import { withLook } from './look-at.ts';
import { overBackup } from './note-backup.ts';
import { byRouteBackup } from './note-route-backup.ts';
import type { JobRequest } from './request.ts';

/** Gives back what was there before. Errors: managed_by_another_site, mail_waiting, those of `remove`. */
export const removeGateway: VerbOf< Extract< JobRequest, { verb: 'remove_gateway' } > > = (
	context,
	{ waitingMail }
) =>
	withLook( context, async ( remote, facts ) => {
		const { app, job, server, site, signal, cancel, onStep, onSign } = context;
		const { marker } = facts;
		if ( marker && ! context.isApplying() && ( marker.site.id !== site.id || marker.serverId !== job.serverId ) ) {
			throw managedElsewhere( marker, facts, site );
		}
		await context.beginApplying();
		const { restored, savedQueue } = await app.tools.remove(
			remote,
			{ jobId: job.id, waitingMail },
			{ signal, cancel, onStep, onSign }
		);
		return {
			result: { verb: 'remove_gateway', restored, savedQueue },
			record: async ( tx ) => {
				await recordOf( tx, server, { installedVersion: null, lastTest: null, unfinished: false } );
				await tx.deleteFrom( 'pauses' ).where( 'server', '=', server.id ).execute();
				await tx.deleteFrom( 'sideDoors' ).where( 'server', '=', server.id ).execute();
				await overBackup( app, tx, server );
				await endBackup( { db: tx, secrets: app.secrets }, server );
				await tx.deleteFrom( 'unlistedSenders' ).where( 'server', '=', server.id ).execute();
				const { routes } = await routesOn( { db: tx, secrets: app.secrets }, server ).catch(
					() => noKeptRoutes
				);
				for ( const route of routes ) {
					const messages = await byRouteBackup( tx, server, route );
					await endRouteBackup( { db: tx, secrets: app.secrets }, server, route, messages );
				}
				await endRoutes( { db: tx, secrets: app.secrets }, server );
				await keepClosedDoors( { db: tx, secrets: app.secrets }, server, [] );
				await endSandbox( { db: tx, secrets: app.secrets }, server );
				await tx.deleteFrom( 'caps' ).where( 'server', '=', server.id ).execute();
				await noGatewaySeen( tx, server );
				await letGoOfDefaults( tx, { siteId: site.id, serverId: job.serverId } );
			},
		};
	} );
