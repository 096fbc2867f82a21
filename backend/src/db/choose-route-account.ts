import type { RouteAccount } from '@email-gateway/shared';
import { GatewayError } from '../errors.ts';
import type { Caller } from '../servers/caller.ts';
import { refuseDefaults, refuseDefaultsOn } from '../servers/defaults-access.ts';
import type { Vault } from '../vault/vault.ts';
import { accountOf } from './accounts.ts';
import { noteUse, passwordOfAccount } from './choose-password.ts';
import type { KeptAccount, KeptRoute } from './routes.ts';
import type { SecretStore } from './secrets.ts';
import type { Server } from './servers.ts';
import type { Db } from './tables.ts';

interface Asked {
	server: Server;
	choice: RouteAccount;
	/** The route that is there. */
	before: KeptRoute | undefined;
	caller: Caller;
}

/**
 * What signs in for a route. Who is not shown the accounts puts none of their own in the place of one: what would have to be
 * changed tells how right a guess at it is. Errors: forbidden, not_found, password_required, route_account_not_shown.
 */
export async function chooseRouteAccount(
	parts: { secrets: SecretStore; vault: Vault },
	tx: Db,
	{ server, choice, before, caller }: Asked
): Promise< KeptAccount > {
	if ( choice.use === 'account' ) {
		refuseDefaults( caller );
		const account = await accountOf( tx, { siteId: caller.site.id, id: choice.id } );
		const password = await passwordOfAccount( parts, tx, account );
		refuseDefaultsOn( server );
		await noteUse( parts, tx, { server, account, by: caller.actor.login } );
		const { id, version, settings } = account;
		const { smtpServer, smtpPort, userName } = settings;
		return { account: { id, version }, smtpServer, smtpPort, userName, password: password.reveal() };
	}
	if ( choice.use === 'typed' ) {
		if ( before?.account && ! caller.may( 'manage_defaults' ) ) {
			throw new GatewayError( 'route_account_not_shown', { user: before.user } );
		}
		const { use: _, ...typed } = choice;
		return { account: null, ...typed };
	}
	if ( ! before ) {
		throw new GatewayError( 'password_required' );
	}
	if ( before.account ) {
		refuseDefaultsOn( server );
	}
	const { account, smtpServer, smtpPort, userName, password } = before;
	return { account, smtpServer, smtpPort, userName, password };
}
