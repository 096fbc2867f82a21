import type { DefaultsInput, GatewaySettings, PasswordChoice } from '@email-gateway/shared';
import { GatewayError } from '../errors.ts';
import type { Caller } from '../servers/caller.ts';
import { mayTakePassword, refuseDefaults, refuseDefaultsOn } from '../servers/defaults-access.ts';
import { isBoundTo } from '../servers/password-binding.ts';
import { Secret } from '../vault/secret.ts';
import type { Vault } from '../vault/vault.ts';
import { note } from './audit.ts';
import { defaultsOf, type Defaults } from './defaults.ts';
import { defaultPasswordOf, passwordOf } from './places.ts';
import type { SecretStore } from './secrets.ts';
import type { Server } from './servers.ts';
import { settingsVersion } from './settings.ts';
import type { Db } from './tables.ts';

interface Chosen {
	password: Secret;
	/** Of the defaults it was taken from; null where it is the server's own. */
	defaultsVersion: number | null;
}
interface Parts {
	secrets: SecretStore;
	vault: Vault;
}

/**
 * The password a request chose: typed, saved for this server, or that of the defaults. What a saved one is bound to and
 * who may be given that of the defaults is decided in servers/.
 * Errors: password_required, no_defaults_saved, forbidden.
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
		return { password: new Secret( choice.value ), defaultsVersion: null };
	}
	return choice.use === 'saved'
		? savedPassword( secrets, tx, server, settings, caller )
		: defaultPassword( { secrets, vault }, tx, server, settings, caller );
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
			return { password, defaultsVersion: version.defaultsVersion };
		}
	}
	throw new GatewayError( 'password_required' );
}

async function defaultPassword(
	{ secrets, vault }: Parts,
	tx: Db,
	server: Server,
	asked: GatewaySettings,
	caller: Caller
): Promise< Chosen > {
	refuseDefaults( caller );
	const { defaults, password } = await savedDefaults( { secrets }, tx, caller.site.id );
	refuseDefaultsOn( server );
	if ( ! isBoundTo( defaults.settings, asked ) ) {
		throw new GatewayError( 'password_required' );
	}
	await noteUse( { vault }, tx, { server, defaults, by: caller.actor.login } );
	return { password, defaultsVersion: defaults.version };
}

/** Errors: no_defaults_saved. */
export async function savedDefaults(
	{ secrets }: Pick< Parts, 'secrets' >,
	tx: Db,
	siteId: string
): Promise< { defaults: Defaults; password: Secret } > {
	const defaults = await defaultsOf( tx, siteId );
	const password = defaults ? await secrets.read( tx, defaultPasswordOf( defaults ) ) : null;
	if ( ! defaults || ! password ) {
		throw new GatewayError( 'no_defaults_saved' );
	}
	return { defaults, password };
}

/** Notes that a server is given the defaults. */
export function noteUse(
	{ vault }: Pick< Parts, 'vault' >,
	tx: Db,
	{ server, defaults, by }: { server: Server; defaults: Defaults; by: string }
): Promise< void > {
	const entry = { siteId: server.siteId, serverId: server.serverId, actor: by, action: 'defaults_used' } as const;
	return note( tx, vault, { ...entry, detail: { version: defaults.version } } );
}

/** The password for new defaults: typed, or the saved one where it is bound to the same. Errors: password_required. */
export async function chooseDefaultsPassword(
	{ secrets }: Pick< Parts, 'secrets' >,
	tx: Db,
	{ siteId, input: { password: choice, ...asked } }: { siteId: string; input: DefaultsInput }
): Promise< Secret > {
	if ( choice.use === 'typed' ) {
		return new Secret( choice.value );
	}
	const last = await defaultsOf( tx, siteId );
	const password =
		last && isBoundTo( last.settings, asked ) ? await secrets.read( tx, defaultPasswordOf( last ) ) : null;
	if ( ! password ) {
		throw new GatewayError( 'password_required' );
	}
	return password;
}
