import type { GatewaySettings } from '@email-gateway/shared';
import { rulesOn } from '../db/rules.ts';
import { passwordOf } from '../db/places.ts';
import { accountOfVersion, settingsVersion, type OfAccount } from '../db/settings.ts';
import { GatewayError } from '../errors.ts';
import { desire, type Desired } from '../gateway/desired.ts';
import type { Facts } from '../gateway/facts.ts';
import type { TakesMail } from '../gateway/own-names.ts';
import { rootMailOf } from '../gateway/root-mail.ts';
import type { Routes } from '../gateway/routes.ts';
import type { Secret } from '../vault/secret.ts';
import type { JobContext } from './context.ts';
import { siteAdminMailOf, type JobRequest } from './request.ts';

/** What an install is to bring to a server. */
export interface Wanted {
	settings: GatewaySettings;
	password: Secret;
	siteUrl: string;
	/** That they were taken from. */
	account: OfAccount | null;
	/** That the sites of the server have. */
	routes: Routes;
	desiredFor( facts: Facts, takesMail: TakesMail ): Desired;
}

/** Errors: password_required, where it is no longer saved; forbidden, see below. */
export async function wantedOf(
	{ app, job, server, site }: JobContext,
	{ version: number, siteUrl }: Extract< JobRequest, { verb: 'install_gateway' } >
): Promise< Wanted > {
	const ref = { siteId: site.id, serverId: job.serverId };
	const version = await settingsVersion( app.db, ref, number );
	const password = version ? await app.secrets.read( app.db, passwordOf( version ) ) : null;
	if ( ! version || ! password ) {
		throw new GatewayError( 'password_required' );
	}
	if ( version.account !== null && ! server.mayHaveDefaults ) {
		// it was pointed or trusted elsewhere while the job waited
		throw new GatewayError( 'forbidden', { reason: 'connection_not_set_by_administrator' } );
	}
	const { settings } = version;
	const managing = { id: site.id, url: siteUrl, serverId: job.serverId };
	const rootMail = rootMailOf( settings, siteAdminMailOf( job.askedBy ) );
	const rules = await rulesOn( app, server );
	return {
		settings,
		password,
		siteUrl,
		account: accountOfVersion( version ),
		routes: rules.routes,
		desiredFor: ( facts, takesMail ) =>
			desire( { settings, password, rootMail, site: managing, takesMail, rules }, facts ),
	};
}
