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
import { askForJob, type Asked } from './ask.ts';
import { lastInstallOf } from './compare-installed.ts';
import { siteAdminMailOf } from './request.ts';
import { lentFor } from './supplied-connection.ts';
import { switchBackRequest, switchRequest, type SwitchOf } from './switch-request.ts';

interface Looked {
	watch: ClaimedWatch;
	server: Server;
	site: Site;
}

interface Switch {
	backup: Backup;
	/** Why it goes over; null: it goes back. */
	to: SwitchReason | null;
	/** The Unix user whose route it is; null: the server's own account. */
	uid: number | null;
	/** Whether what is switched is as the look has seen it. */
	isStill( tx: Tx, server: Server ): Promise< boolean >;
	/** The job of it. */
	request( tx: Tx, of: SwitchOf ): Promise< Pick< Asked, 'request' | 'password' > >;
}

/** The switch of a server's own account. */
export const ofServer = (
	app: App,
	seen: Server,
	to: SwitchReason | null
): Pick< Switch, 'uid' | 'isStill' | 'request' > => ( {
	uid: null,
	isStill: async ( _tx, server ) => server.installedVersion === seen.installedVersion,
	request: async ( tx, of ) => ( {
		request: await ( to === null ? switchBackRequest( app, tx, of ) : switchRequest( app, tx, of, to ) ),
	} ),
} );

/**
 * Asks for the job that switches a server or a route, for nobody in particular, where all is still as the look has seen it: a look
 * from before another switch, of a worker that lost its claim, or beside a job, asks for nothing.
 */
export async function askSwitch( app: App, { watch, server: seen, site }: Looked, asked: Switch ): Promise< void > {
	await forSite( app.db, site, async ( tx ) => {
		const server = await holdServer( tx, app.vault, { siteId: seen.siteId, serverId: seen.serverId } );
		if ( ! ( await isStillSo( app, tx, { watch, server, asked } ) ) ) {
			return;
		}
		const connection = server.signIn === 'supplied' ? await lentFor( app.secrets, tx, server ) : null;
		refuseUnready( server, connection );
		const wish = await asked.request( tx, { server, site, by: '' } );
		const install = await lastInstallOf( tx, server );
		const { administrator } = asked.backup.by;
		const siteAdminMail = install ? siteAdminMailOf( install.askedBy ) : '';
		// who chose the backup may manage the accounts
		const askedBy = { login: '', siteAdminMail, administrator, seesDefaults: true };
		await askForJob( app, tx, { server, ...wish, askedBy, connection } );
		const { to, uid } = asked;
		app.log.info(
			{ server: server.id, uid, to: to === null ? 'first' : 'backup', why: to },
			'switching the account'
		);
	} );
}

async function isStillSo(
	{ secrets }: App,
	tx: Tx,
	{ watch, server, asked }: { watch: ClaimedWatch; server: Server; asked: Switch }
): Promise< boolean > {
	const now = await backupOn( { db: tx, secrets }, server, asked.uid );
	return (
		( await asked.isStill( tx, server ) ) &&
		now?.at === asked.backup.at &&
		( await watchOf( tx, server.id ) )?.claim === watch.claim &&
		( await liveJobs( tx, server ) ) === 0
	);
}
