import type { GatewaySettings, SwitchReason } from '@email-gateway/shared';
import { accountOf, type Account } from '../db/accounts.ts';
import { backupOn } from '../db/backup.ts';
import { noteUse, passwordOfAccount } from '../db/choose-password.ts';
import { onBackup } from '../db/on-backup.ts';
import type { SecretStore } from '../db/secrets.ts';
import type { Server } from '../db/servers.ts';
import { settingsVersion, submitSettings, type SettingsVersion } from '../db/settings.ts';
import type { Site } from '../db/sites.ts';
import type { Tx } from '../db/tables.ts';
import { GatewayError } from '../errors.ts';
import { refuseSameAccount } from '../servers/backup-account.ts';
import { refuseDefaultsOn } from '../servers/defaults-access.ts';
import { Secret } from '../vault/secret.ts';
import type { Vault } from '../vault/vault.ts';
import type { JobRequest } from './request.ts';

type Parts = { secrets: SecretStore; vault: Vault };
/** `by`: login; empty: the backend. */
export interface SwitchOf {
	server: Server;
	site: Pick< Site, 'id' | 'url' >;
	by: string;
}

/**
 * An install of the same gateway with the backup account, in a transaction that holds the server. Errors: not_found, where
 * no backup was chosen; gateway_not_installed, sends_by_backup, same_account, password_required, forbidden.
 */
export async function switchRequest( app: Parts, tx: Tx, asked: SwitchOf, why: SwitchReason ): Promise< JobRequest > {
	const { server, site } = asked;
	const parts = { db: tx, secrets: app.secrets };
	const backup = await backupOn( parts, server );
	if ( ! backup ) {
		throw new GatewayError( 'not_found' );
	}
	if ( await onBackup( parts, server ) ) {
		throw new GatewayError( 'sends_by_backup' );
	}
	const installed = await settingsVersion( tx, server, server.installedVersion );
	if ( ! installed ) {
		throw new GatewayError( 'gateway_not_installed' );
	}
	const account = await accountOf( tx, { siteId: site.id, id: backup.rules.account } );
	refuseSameAccount( installed.settings, account.settings );
	const version = await submitAccount( app, tx, asked, { account, installed } );
	return { ...install( version, site ), backup: { to: 'backup', why, from: installed.version } };
}

/**
 * An install with the account that the server had before its backup, with its present values. Errors: not_found, where it
 * does not send by a backup, or that account is gone; password_required, forbidden.
 */
export async function switchBackRequest( app: Parts, tx: Tx, asked: SwitchOf ): Promise< JobRequest > {
	const { server, site, by } = asked;
	const active = await onBackup( { db: tx, secrets: app.secrets }, server );
	const installed = await settingsVersion( tx, server, server.installedVersion );
	if ( ! active || ! installed ) {
		throw new GatewayError( 'not_found' );
	}
	const { first } = active;
	// what is no account's may have been changed meanwhile
	const { serverHostname, rootMail } = installed.settings;
	const settings = { ...first.settings, serverHostname, rootMail };
	const version =
		first.account === null
			? await submitSettings( tx, app, {
					server,
					settings,
					by,
					account: null,
					password: typed( first.password ),
			  } )
			: await submitAccount( app, tx, asked, {
					account: await accountOf( tx, { siteId: site.id, id: first.account.id } ),
					installed: { settings },
			  } );
	return { ...install( version, site ), backup: { to: 'first' } };
}

const install = ( version: number, { url }: SwitchOf[ 'site' ] ) => ( {
	verb: 'install_gateway' as const,
	...{ version, consents: [], siteUrl: url },
} );

function typed( password: string | null ): Secret {
	if ( password === null ) {
		throw new GatewayError( 'password_required' );
	}
	return new Secret( password );
}

/** What the server has of its own stays. Errors: password_required, forbidden. */
async function submitAccount(
	app: Parts,
	tx: Tx,
	{ server, by }: SwitchOf,
	{ account, installed }: { account: Account; installed: Pick< SettingsVersion, 'settings' > }
): Promise< number > {
	refuseDefaultsOn( server );
	const settings: GatewaySettings = { ...installed.settings, ...account.settings, caCertificate: null };
	const password = await passwordOfAccount( app, tx, account );
	const of = { id: account.id, version: account.version };
	const version = await submitSettings( tx, app, { server, settings, password, by, account: of } );
	await noteUse( app, tx, { server, account, by } );
	return version;
}
