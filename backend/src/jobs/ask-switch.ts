import type { SwitchReason } from '@email-gateway/shared';
import type { App } from '../app.ts';
import { backupOn, type Backup } from '../db/backup.ts';
import { forSite } from '../db/for-site.ts';
import { liveJobs } from '../db/jobs.ts';
import { holdServer, type Server } from '../db/servers.ts';
import type { Site } from '../db/sites.ts';
import type { Tx } from '../db/tables.ts';
import { watchOf, type ClaimedWatch } from '../db/watches.ts';
import { refuseUnready } from '../servers/readiness.ts';
import { askForJob } from './ask.ts';
import { lastInstallOf } from './compare-installed.ts';
import { siteAdminMailOf } from './request.ts';
import { lentFor } from './supplied-connection.ts';
import { switchBackRequest, switchRequest } from './switch-request.ts';

interface Looked {
	watch: ClaimedWatch;
	server: Server;
	site: Site;
}

/**
 * Asks for the job that switches a server, for nobody in particular, where all is still as the look has seen it: a look from
 * before another switch, of a worker that lost its claim, or beside a job, asks for nothing.
 *
 * @param to why it goes over; null: it goes back
 */
export async function askSwitch(
	app: App,
	{ watch, server: seen, site }: Looked,
	{ backup, to }: { backup: Backup; to: SwitchReason | null }
): Promise< void > {
	await forSite( app.db, site, async ( tx ) => {
		const server = await holdServer( tx, app.vault, { siteId: seen.siteId, serverId: seen.serverId } );
		if ( ! ( await isStillSo( app, tx, { watch, seen, server, backup } ) ) ) {
			return;
		}
		const connection = server.signIn === 'supplied' ? await lentFor( app.secrets, tx, server ) : null;
		refuseUnready( server, connection );
		const asked = { server, site, by: '' };
		const request =
			to === null ? await switchBackRequest( app, tx, asked ) : await switchRequest( app, tx, asked, to );
		const install = await lastInstallOf( tx, server );
		const { administrator } = backup.by;
		const siteAdminMail = install ? siteAdminMailOf( install.askedBy ) : '';
		// who chose the backup may manage the accounts
		const askedBy = { login: '', siteAdminMail, administrator, seesDefaults: true };
		await askForJob( app, tx, { server, request, askedBy, connection } );
		app.log.info( { server: server.id, to: to === null ? 'first' : 'backup', why: to }, 'switching the account' );
	} );
}

async function isStillSo(
	{ secrets }: App,
	tx: Tx,
	{ watch, seen, server, backup }: { watch: ClaimedWatch; seen: Server; server: Server; backup: Backup }
): Promise< boolean > {
	const now = await backupOn( { db: tx, secrets }, server );
	return (
		server.installedVersion === seen.installedVersion &&
		now?.at === backup.at &&
		( await watchOf( tx, server.id ) )?.claim === watch.claim &&
		( await liveJobs( tx, server ) ) === 0
	);
}
