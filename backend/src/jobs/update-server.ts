import type { App } from '../app.ts';
import { accountOf, type Account } from '../db/accounts.ts';
import type { Behind } from '../db/account-use-of-servers.ts';
import { noteUse, passwordOfAccount } from '../db/choose-password.ts';
import { forSite } from '../db/for-site.ts';
import { routesOn } from '../db/routes.ts';
import { holdServer, type Server } from '../db/servers.ts';
import { settingsVersion, submitSettings } from '../db/settings.ts';
import type { Tx } from '../db/tables.ts';
import { GatewayError } from '../errors.ts';
import type { Caller } from '../servers/caller.ts';
import { refuseDefaultsOn } from '../servers/defaults-access.ts';
import { refuseUnready } from '../servers/readiness.ts';
import type { Secret } from '../vault/secret.ts';
import { askOn } from './on-server.ts';
import type { JobRequest } from './request.ts';

interface Update {
	server: Server;
	account: Account;
	password: Secret;
}

/**
 * Queues the reinstall of a server with the present values of the account that it has, a change of the routes that have
 * it, or both. What the server has of its own stays.
 * Errors: those of refuseUnready, refuseDefaultsOn and askForJob; not_found, where it has another account by now.
 */
export function updateServer(
	app: App,
	caller: Caller,
	{
		serverId,
		accountId,
		parts,
	}: { serverId: number; accountId: string; parts: Pick< Behind, 'settings' | 'routes' > }
): Promise< void > {
	const { site, actor } = caller;
	const ref = { siteId: site.id, serverId };
	return forSite( app.db, site, async ( tx ) => {
		// its owner is whom WordPress named last
		const server = await holdServer( tx, app.vault, ref );
		refuseUnready( server, null );
		refuseDefaultsOn( server );
		const account = await accountOf( tx, { siteId: site.id, id: accountId } );
		const update = { server, account, password: await passwordOfAccount( app, tx, account ) };
		const asksFor = { ...caller, connection: null };
		const reinstall = parts.settings && ( await reinstallOf( app, tx, caller, update ) );
		const routes = parts.routes && ( await routesUpdateOf( app, tx, update ) );
		if ( ! reinstall && ! routes ) {
			throw new GatewayError( 'not_found' );
		}
		await noteUse( app, tx, { server, account, by: actor.login } );
		if ( reinstall ) {
			await askOn( app, tx, server, { request: reinstall }, asksFor );
		}
		if ( routes ) {
			const password = { secret: update.password, keepWithJob: true };
			await askOn( app, tx, server, { request: routes, password }, asksFor );
		}
	} );
}

/** Null where another account is installed by now. */
async function reinstallOf(
	app: App,
	tx: Tx,
	{ site, actor }: Caller,
	{ server, account, password }: Update
): Promise< JobRequest | null > {
	const ref = { siteId: server.siteId, serverId: server.serverId };
	const installed = await settingsVersion( tx, ref, server.installedVersion );
	if ( installed?.account !== account.id ) {
		return null;
	}
	const settings = { ...installed.settings, ...account.settings, caCertificate: null };
	const version = await submitSettings( tx, app, {
		...{ server, settings, password, by: actor.login },
		account: { id: account.id, version: account.version },
	} );
	return { verb: 'install_gateway', version, consents: [], siteUrl: site.url };
}

/** Null where no route has it any more. */
async function routesUpdateOf( app: App, tx: Tx, { server, account }: Update ): Promise< JobRequest | null > {
	const { id, version, settings } = account;
	const { routes } = await routesOn( { db: tx, secrets: app.secrets }, server );
	if ( ! routes.some( ( route ) => route.account?.id === id ) ) {
		return null;
	}
	const { smtpServer, smtpPort, userName } = settings;
	return { verb: 'update_routes', account: { id, version }, smtpServer, smtpPort, userName };
}
