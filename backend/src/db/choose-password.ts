import type { AccountInput, GatewaySettings, PasswordChoice } from '@email-gateway/shared';
import { GatewayError } from '../errors.ts';
import type { Caller } from '../servers/caller.ts';
import { mayTakePassword, refuseDefaults, refuseDefaultsOn } from '../servers/defaults-access.ts';
import { isBoundTo } from '../servers/password-binding.ts';
import { Secret } from '../vault/secret.ts';
import type { Vault } from '../vault/vault.ts';
import { note } from './audit.ts';
import { accountOf, defaultAccountOf, type Account } from './accounts.ts';
import { accountPassword, passwordOf } from './places.ts';
import type { SecretStore } from './secrets.ts';
import type { Server } from './servers.ts';
import { accountOfVersion, settingsVersion, type OfAccount } from './settings.ts';
import type { Db } from './tables.ts';

interface Chosen {
	password: Secret;
	/** That it was taken from; null where it is the server's own. */
	account: OfAccount | null;
}
interface Parts {
	secrets: SecretStore;
	vault: Vault;
}

/**
 * The password a request chose: typed, saved for this server, or that of an account. What a saved one is bound to and
 * who may be given that of an account is decided in servers/.
 * Errors: password_required, no_defaults_saved, not_found, forbidden.
 */
export async function choosePassword(
	{ secrets, vault }: Parts,
	tx: Db,
	{
		server,
		settings,
		choice,
		caller,
	}: { server: Server; settings: GatewaySettings; choice: PasswordChoice; caller: Caller }
): Promise< Chosen > {
	if ( choice.use === 'typed' ) {
		return { password: new Secret( choice.value ), account: null };
	}
	return choice.use === 'saved'
		? savedPassword( secrets, tx, server, settings, caller )
		: ofAccount( { secrets, vault }, tx, { server, settings, choice, caller } );
}

async function savedPassword(
	secrets: SecretStore,
	tx: Db,
	server: Server,
	asked: GatewaySettings,
	caller: Caller
): Promise< Chosen > {
	const ref = { siteId: server.siteId, serverId: server.serverId };
	for ( const number of [ server.submittedVersion, server.installedVersion ] ) {
		const version = await settingsVersion( tx, ref, number );
		const isGiven = version && mayTakePassword( version, caller ) && isBoundTo( version.settings, asked );
		const password = isGiven ? await secrets.read( tx, passwordOf( version ) ) : null;
		if ( version && password ) {
			return { password, account: accountOfVersion( version ) };
		}
	}
	throw new GatewayError( 'password_required' );
}

async function ofAccount(
	{ secrets, vault }: Parts,
	tx: Db,
	{
		server,
		settings,
		choice,
		caller,
	}: {
		server: Server;
		settings: GatewaySettings;
		choice: Exclude< PasswordChoice, { use: 'typed' | 'saved' } >;
		caller: Caller;
	}
): Promise< Chosen > {
	refuseDefaults( caller );
	const { id: siteId } = caller.site;
	const account =
		choice.use === 'account' ? await accountOf( tx, { siteId, id: choice.id } ) : await savedDefault( tx, siteId );
	const password = await passwordOfAccount( { secrets }, tx, account );
	refuseDefaultsOn( server );
	if ( ! isBoundTo( account.settings, settings ) ) {
		throw new GatewayError( 'password_required' );
	}
	await noteUse( { vault }, tx, { server, account, by: caller.actor.login } );
	return { password, account: { id: account.id, version: account.version } };
}

/** Errors: no_defaults_saved. */
export async function savedDefault( tx: Db, siteId: string ): Promise< Account > {
	const account = await defaultAccountOf( tx, siteId );
	if ( ! account ) {
		throw new GatewayError( 'no_defaults_saved' );
	}
	return account;
}

/** Errors: password_required, where it has none any more; record_not_genuine. */
export async function passwordOfAccount(
	{ secrets }: Pick< Parts, 'secrets' >,
	tx: Db,
	account: Account
): Promise< Secret > {
	const password = await secrets.read( tx, accountPassword( account ) );
	if ( ! password ) {
		throw new GatewayError( 'password_required' );
	}
	return password;
}

/** Notes that a server is given an account. */
export function noteUse(
	{ vault }: Pick< Parts, 'vault' >,
	tx: Db,
	{ server, account, by }: { server: Server; account: Account; by: string }
): Promise< void > {
	const entry = { siteId: server.siteId, serverId: server.serverId, actor: by, action: 'account_used' } as const;
	return note( tx, vault, { ...entry, detail: { version: account.version } } );
}

/** The password for what is typed of an account: typed, or its own where that is bound to the same. Errors: not_found, password_required. */
export async function chooseAccountPassword(
	{ secrets }: Pick< Parts, 'secrets' >,
	tx: Db,
	{ siteId, input: { id, password: choice, ...asked } }: { siteId: string; input: AccountInput }
): Promise< Secret > {
	const last = id === null ? null : await accountOf( tx, { siteId, id } );
	if ( choice.use === 'typed' ) {
		return new Secret( choice.value );
	}
	if ( ! last || ! isBoundTo( last.settings, asked ) ) {
		throw new GatewayError( 'password_required' );
	}
	return passwordOfAccount( { secrets }, tx, last );
}
