import type { GatewaySettings, PlannedStep } from '@email-gateway/shared';
import { rulesOn } from '../db/rules.ts';
import { passwordOf } from '../db/places.ts';
import type { ServerRef } from '../db/servers.ts';
import { settingsVersion } from '../db/settings.ts';
import type { Db } from '../db/tables.ts';
import { desire, type Desired } from '../gateway/desired.ts';
import type { Facts } from '../gateway/facts.ts';
import { plan } from '../gateway/plan.ts';
import type { Rules } from '../gateway/rules.ts';
import { rootMailOf } from '../gateway/root-mail.ts';
import type { JobContext } from './context.ts';
import { siteAdminMailOf } from './request.ts';

type Of = Pick< JobContext, 'app' | 'server' | 'site' >;

/** What is missing on a server for what was installed there; null where nothing was, or no longer all of it is known. */
export async function compareInstalled( of: Of, facts: Facts ): Promise< PlannedStep[] | null > {
	const installed = await installedOn( of );
	const rules = installed && ( await rulesOn( of.app, of.server ).catch( () => null ) );
	return rules && plan( facts, installed.desiredFor( facts, rules ) );
}

export interface Installed {
	isOfDefaults: boolean;
	settings: GatewaySettings;
	desiredFor( facts: Facts, rules: Rules ): Desired;
}

/** The job that installed what is there; who asked for it decides where mail for root goes. */
export const lastInstallOf = ( db: Db, { siteId, serverId }: ServerRef ) =>
	db
		.selectFrom( 'jobs' )
		.select( [ 'askedBy', 'request' ] )
		.where( 'siteId', '=', siteId )
		.where( 'serverId', '=', serverId )
		.where( 'verb', '=', 'install_gateway' )
		.where( 'state', '=', 'succeeded' )
		.orderBy( 'finishedAt', 'desc' )
		.limit( 1 )
		.executeTakeFirst();

/** What was installed on a server; null where nothing was, or no longer all of it is known. */
export async function installedOn( { app: { db, secrets }, server, site }: Of ): Promise< Installed | null > {
	const ref = { siteId: site.id, serverId: server.serverId };
	const version = await settingsVersion( db, ref, server.installedVersion );
	// a look does not fail where it cannot be opened; an install does, and says why
	const password = version && ( await secrets.read( db, passwordOf( version ) ).catch( () => null ) );
	const install = await lastInstallOf( db, ref );
	if ( ! version || ! password || install?.request.verb !== 'install_gateway' ) {
		return null;
	}
	const { settings } = version;
	const rootMail = rootMailOf( settings, siteAdminMailOf( install.askedBy ) );
	const managing = { id: site.id, url: install.request.siteUrl, serverId: server.serverId };
	return {
		settings,
		isOfDefaults: version.account !== null,
		desiredFor: ( facts, rules ) => desire( { settings, password, rootMail, site: managing, rules }, facts ),
	};
}
