import { accountOf } from '../../db/accounts.ts';
import { note } from '../../db/audit.ts';
import { backupOn, endBackup as end, keepBackup } from '../../db/backup.ts';
import { forSite } from '../../db/for-site.ts';
import { liveJobs } from '../../db/jobs.ts';
import { onBackup } from '../../db/on-backup.ts';
import { holdServer, type Server } from '../../db/servers.ts';
import { settingsVersion } from '../../db/settings.ts';
import type { Tx } from '../../db/tables.ts';
import { GatewayError } from '../../errors.ts';
import { onReadyServer } from '../../jobs/on-server.ts';
import { switchBackRequest, switchRequest } from '../../jobs/switch-request.ts';
import { refuseSameAccount } from '../../servers/backup-account.ts';
import { heldFor, refOf } from '../../servers/caller.ts';
import { refuseDefaults, refuseDefaultsOn } from '../../servers/defaults-access.ts';
import { refuseTampered } from '../../servers/readiness.ts';
import { accepted, savedView } from '../../views/answers.ts';
import type { Call } from '../call.ts';

/** Chooses the account by which a server sends while its own cannot. */
export const chooseBackup: Call< 'chooseBackup' > = ( app, rules, caller ) => {
	refuseDefaults( caller );
	return forSite( app.db, caller.site, async ( tx ) => {
		const server = await holdServer( tx, app.vault, heldFor( caller ) );
		refuseTampered( server );
		const installed = await settingsVersion( tx, server, server.installedVersion );
		if ( ! installed ) {
			throw new GatewayError( 'gateway_not_installed' );
		}
		const parts = { db: tx, secrets: app.secrets };
		const before = await backupOn( parts, server );
		const active = await onBackup( parts, server );
		const account = await accountOf( tx, { siteId: caller.site.id, id: rules.account } );
		if ( active && before?.rules.account !== account.id ) {
			throw new GatewayError( 'sends_by_backup' );
		}
		refuseSameAccount( active?.first.settings ?? installed.settings, account.settings );
		refuseDefaultsOn( server );
		const by = { login: caller.actor.login, administrator: caller.may( 'manage_site' ) };
		await keepBackup( parts, server, { rules, at: new Date( caller.now ).toISOString(), by } );
		const { account: _id, ...chosen } = rules;
		const detail = { name: account.name, ...chosen };
		await note( tx, app.vault, { ...refOf( caller ), actor: by.login, action: 'backup_chosen', detail } );
		return savedView( true );
	} );
};

/** A server has no backup any more. */
export const endBackup: Call< 'endBackup' > = ( app, _input, caller ) => {
	refuseDefaults( caller );
	return forSite( app.db, caller.site, async ( tx ) => {
		const server = await holdServer( tx, app.vault, heldFor( caller ) );
		const parts = { db: tx, secrets: app.secrets };
		if ( await onBackup( parts, server ) ) {
			throw new GatewayError( 'sends_by_backup' );
		}
		await end( parts, server );
		await note( tx, app.vault, { ...refOf( caller ), actor: caller.actor.login, action: 'backup_ended' } );
		return savedView( false );
	} );
};

/** Reinstalls with the backup account; what waits leaves by it. */
export const switchToBackup: Call< 'switchToBackup' > = async ( app, _input, caller ) => {
	refuseDefaults( caller );
	const job = await onReadyServer( app, caller, async ( tx, server ) => {
		await refuseBusy( tx, server );
		const asked = { server, site: caller.site, by: caller.actor.login };
		return { request: await switchRequest( app, tx, asked, 'by_hand' ) };
	} );
	return accepted( job );
};

/** Signs in with the first account, and reinstalls with it. */
export const switchBack: Call< 'switchBack' > = async ( app, _input, caller ) => {
	refuseDefaults( caller );
	const job = await onReadyServer( app, caller, async ( tx, server ) => {
		await refuseBusy( tx, server );
		const asked = { server, site: caller.site, by: caller.actor.login };
		return { request: await switchBackRequest( app, tx, asked ) };
	} );
	return accepted( job );
};

/** Errors: server_busy: what is switched from is what is installed now, and a job that is first may change that. */
export async function refuseBusy( tx: Tx, server: Server ): Promise< void > {
	if ( ( await liveJobs( tx, server ) ) > 0 ) {
		throw new GatewayError( 'server_busy' );
	}
}
