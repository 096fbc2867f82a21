import type { SwitchReason } from '@email-gateway/shared';
import { accountOf, type Account } from '../db/accounts.ts';
import { backupOn } from '../db/backup.ts';
import { noteUse, passwordOfAccount } from '../db/choose-password.ts';
import { routeOfUid, routesOn, type KeptAccount, type KeptRoute } from '../db/routes.ts';
import type { SecretStore } from '../db/secrets.ts';
import type { Tx } from '../db/tables.ts';
import { GatewayError } from '../errors.ts';
import { refuseSameAccount } from '../servers/backup-account.ts';
import { refuseDefaultsOn } from '../servers/defaults-access.ts';
import { refuseWithoutGateway } from '../servers/gateway-there.ts';
import { Secret } from '../vault/secret.ts';
import type { Vault } from '../vault/vault.ts';
import type { Asked } from './ask.ts';
import type { RouteSwitch } from './request.ts';
import type { SwitchOf } from './switch-request.ts';

type Parts = { secrets: SecretStore; vault: Vault };
type Wish = Required< Pick< Asked, 'request' | 'password' > >;
interface OfRoute extends SwitchOf {
	uid: number;
}

/**
 * A change of the route of a Unix user to its backup account, in a transaction that holds the server. Errors: not_found, where
 * there is no such route, or no backup was chosen; gateway_not_installed, sends_by_backup, same_account, password_required,
 * forbidden.
 */
export async function routeSwitchRequest( app: Parts, tx: Tx, of: OfRoute, why: SwitchReason ): Promise< Wish > {
	const { server, site, uid } = of;
	const route = await routeOf( app, tx, of );
	const backup = await backupOn( { db: tx, secrets: app.secrets }, server, uid );
	if ( ! backup ) {
		throw new GatewayError( 'not_found' );
	}
	if ( route.onBackup ) {
		throw new GatewayError( 'sends_by_backup' );
	}
	const account = await accountOf( tx, { siteId: site.id, id: backup.rules.account } );
	refuseSameAccount( route, account.settings );
	return wishOf( route, await present( app, tx, of, account ), { to: 'backup', why } );
}

/**
 * A change of it to the account that it had before, with its present values. Errors: not_found, where it does not send by a
 * backup, or that account is gone; gateway_not_installed, password_required, forbidden.
 */
export async function routeSwitchBackRequest( app: Parts, tx: Tx, of: OfRoute ): Promise< Wish > {
	const route = await routeOf( app, tx, of );
	if ( ! route.onBackup ) {
		throw new GatewayError( 'not_found' );
	}
	const { first } = route.onBackup;
	const account = first.account && ( await accountOf( tx, { siteId: of.site.id, id: first.account.id } ) );
	return wishOf( route, account ? await present( app, tx, of, account ) : first, { to: 'first' } );
}

async function routeOf( { secrets }: Parts, tx: Tx, { server, uid }: OfRoute ): Promise< KeptRoute > {
	refuseWithoutGateway( server );
	const route = routeOfUid( await routesOn( { db: tx, secrets }, server ), uid );
	if ( ! route ) {
		throw new GatewayError( 'not_found' );
	}
	return route;
}

/** A saved account as it is now. Errors: password_required, forbidden. */
async function present( app: Parts, tx: Tx, { server, by }: OfRoute, account: Account ): Promise< KeptAccount > {
	refuseDefaultsOn( server );
	const password = await passwordOfAccount( app, tx, account );
	await noteUse( app, tx, { server, account, by } );
	const { id, version, settings } = account;
	const { smtpServer, smtpPort, userName } = settings;
	return { account: { id, version }, smtpServer, smtpPort, userName, password: password.reveal() };
}

function wishOf( { uid, user, senders, sendAs }: KeptRoute, account: KeptAccount, backup: RouteSwitch ): Wish {
	const { password, ...signIn } = account;
	return {
		request: { verb: 'set_route', uid, user, senders, sendAs, ...signIn, backup },
		password: { secret: new Secret( password ), keepWithJob: true },
	};
}
