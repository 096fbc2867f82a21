import type { DefaultsView } from '@email-gateway/shared';
import type { App } from '../app.ts';
import { note } from '../db/audit.ts';
import { defaultsOf, deleteDefaults as dropDefaults } from '../db/defaults.ts';
import { forSite } from '../db/for-site.ts';
import { currentJobs } from '../db/jobs.ts';
import { serverOf } from '../db/servers.ts';
import { deleteSettings } from '../db/settings.ts';
import { letCustomersUseIncluded } from '../db/sites.ts';
import { GatewayError } from '../errors.ts';
import { readDefaults } from './defaults.ts';
import type { Caller, Params } from './mount.ts';

/**
 * Deletes the default credentials. What is installed with them goes on; nothing is offered to customers any more, so
 * that credentials saved later are offered only by a new choice.
 */
export async function deleteDefaults( { db, vault }: App, { site, actor }: Caller ): Promise< DefaultsView > {
	return db.transaction().execute( async ( tx ) => {
		// the site's row first, as everybody takes them
		await letCustomersUseIncluded( tx, vault, site, false );
		const defaults = await defaultsOf( tx, site.id );
		await dropDefaults( tx, site.id );
		if ( defaults ) {
			const detail = { smtpServer: defaults.settings.smtpServer };
			await note( tx, vault, {
				siteId: site.id,
				serverId: null,
				actor: actor.login,
				action: 'defaults_deleted',
				detail,
			} );
		}
		return readDefaults( { db: tx }, { site: { ...site, customersMayUseIncluded: false } } );
	} );
}

/** Deletes what a server's form was saved with: settings, user name and password. */
export async function deleteCredentials(
	{ db, vault }: App,
	{ site, actor, serverId }: Caller & Params
): Promise< { deleted: boolean } > {
	return forSite( db, site, async ( tx ) => {
		const ref = { siteId: site.id, serverId };
		const server = await serverOf( tx, vault, ref );
		if ( ! server || server.submittedVersion === null ) {
			return { deleted: false };
		}
		if ( server.installedVersion !== null || server.unfinished ) {
			throw new GatewayError( 'gateway_still_installed' );
		}
		const job = ( await currentJobs( tx, site.id, [ serverId ] ) ).get( serverId );
		if ( job?.state === 'queued' || job?.state === 'running' ) {
			throw new GatewayError( 'server_busy' );
		}
		await deleteSettings( tx, server );
		await note( tx, vault, { ...ref, actor: actor.login, action: 'credentials_deleted' } );
		return { deleted: true };
	} );
}
