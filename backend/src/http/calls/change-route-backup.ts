import { accountOf } from '../../db/accounts.ts';
import { note } from '../../db/audit.ts';
import { backupOn, endBackup, keepBackup } from '../../db/backup.ts';
import { forSite } from '../../db/for-site.ts';
import { routeOfUid, routesOn } from '../../db/routes.ts';
import { holdServer } from '../../db/servers.ts';
import { GatewayError } from '../../errors.ts';
import { onReadyServer } from '../../jobs/on-server.ts';
import { routeSwitchBackRequest, routeSwitchRequest } from '../../jobs/route-switch-request.ts';
import { refuseSameAccount } from '../../servers/backup-account.ts';
import { heldFor, refOf } from '../../servers/caller.ts';
import { refuseDefaults, refuseDefaultsOn } from '../../servers/defaults-access.ts';
import { refuseTampered } from '../../servers/readiness.ts';
import { accepted, savedView } from '../../views/answers.ts';
import type { Call } from '../call.ts';
import { refuseBusy } from './change-backup.ts';

/** Chooses the account by which a route sends while its own cannot. */
export const chooseRouteBackup: Call< 'chooseRouteBackup' > = ( app, { uid, ...rules }, caller ) => {
	refuseDefaults( caller );
	return forSite( app.db, caller.site, async ( tx ) => {
		const server = await holdServer( tx, app.vault, heldFor( caller ) );
		refuseTampered( server );
		const parts = { db: tx, secrets: app.secrets };
		const route = routeOfUid( await routesOn( parts, server ), uid );
		if ( ! route ) {
			throw new GatewayError( 'not_found' );
		}
		const before = await backupOn( parts, server, uid );
		const account = await accountOf( tx, { siteId: caller.site.id, id: rules.account } );
		if ( route.onBackup && before?.rules.account !== account.id ) {
			throw new GatewayError( 'sends_by_backup' );
		}
		refuseSameAccount( route.onBackup?.first ?? route, account.settings );
		refuseDefaultsOn( server );
		const by = { login: caller.actor.login, administrator: caller.may( 'manage_site' ) };
		await keepBackup( parts, server, { rules, at: new Date( caller.now ).toISOString(), by }, uid );
		const { account: _id, ...chosen } = rules;
		const detail = { user: route.user, name: account.name, ...chosen };
		await note( tx, app.vault, { ...refOf( caller ), actor: by.login, action: 'backup_chosen', detail } );
		return savedView( true );
	} );
};

/** A route has no backup any more. */
export const endRouteBackup: Call< 'endRouteBackup' > = ( app, { uid }, caller ) => {
	refuseDefaults( caller );
	return forSite( app.db, caller.site, async ( tx ) => {
		const server = await holdServer( tx, app.vault, heldFor( caller ) );
		const parts = { db: tx, secrets: app.secrets };
		const route = routeOfUid( await routesOn( parts, server ), uid );
		if ( route?.onBackup ) {
			throw new GatewayError( 'sends_by_backup' );
		}
		await endBackup( parts, server, uid );
		const detail = { user: route?.user ?? String( uid ) };
		await note( tx, app.vault, { ...refOf( caller ), actor: caller.actor.login, action: 'backup_ended', detail } );
		return savedView( false );
	} );
};

/** Signs in with the backup account of a route, and lets its mail leave by it. */
export const switchRouteToBackup: Call< 'switchRouteToBackup' > = async ( app, { uid }, caller ) => {
	refuseDefaults( caller );
	const job = await onReadyServer( app, caller, async ( tx, server ) => {
		await refuseBusy( tx, server );
		const of = { server, site: caller.site, by: caller.actor.login, uid };
		return routeSwitchRequest( app, tx, of, 'by_hand' );
	} );
	return accepted( job );
};

/** Signs in with the first account of a route, and lets its mail leave by it again. */
export const switchRouteBack: Call< 'switchRouteBack' > = async ( app, { uid }, caller ) => {
	refuseDefaults( caller );
	const job = await onReadyServer( app, caller, async ( tx, server ) => {
		await refuseBusy( tx, server );
		const of = { server, site: caller.site, by: caller.actor.login, uid };
		return routeSwitchBackRequest( app, tx, of );
	} );
	return accepted( job );
};
