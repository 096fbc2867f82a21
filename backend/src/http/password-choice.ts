import type { GatewaySettings, PasswordChoice } from '@email-gateway/shared';
import type { App } from '../app.ts';
import { note } from '../db/audit.ts';
import { defaultsOf } from '../db/defaults.ts';
import { defaultPasswordOf, passwordOf } from '../db/places.ts';
import type { Server } from '../db/servers.ts';
import { settingsVersion } from '../db/settings.ts';
import type { Db } from '../db/tables.ts';
import { GatewayError } from '../errors.ts';
import { Secret } from '../vault/secret.ts';
import type { Caller } from './mount.ts';

interface Chosen {
	password: Secret;
	/** Of the defaults it was taken from; null where it is the server's own. */
	defaultsVersion: number | null;
}

/**
 * The password a request chose. A saved one is given out only for the SMTP Server, User Name and CA Certificate it
 * was saved with, else anyone who may edit could send it to a host of theirs. That of the defaults is for those who
 * may manage them.
 * Errors: password_required, no_defaults_saved, forbidden.
 */
export async function choosePassword(
	{ secrets, vault }: Pick< App, 'secrets' | 'vault' >,
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
	secrets: App[ 'secrets' ],
	tx: Db,
	server: Server,
	asked: GatewaySettings,
	{ may }: Caller
): Promise< Chosen > {
	const ref = { siteId: server.siteId, serverId: server.serverId };
	for ( const number of [ server.submittedVersion, server.installedVersion ] ) {
		const version = await settingsVersion( tx, ref, number );
		// a guess at the defaults must be answered like any other, or it could be repeated until it is right
		const isKnown = version && ( version.defaultsVersion === null || may( 'manage_defaults' ) );
		const password =
			isKnown && isBoundTo( version.settings, asked ) ? await secrets.read( tx, passwordOf( version ) ) : null;
		if ( version && password ) {
			return { password, defaultsVersion: version.defaultsVersion };
		}
	}
	throw new GatewayError( 'password_required' );
}

async function defaultPassword(
	{ secrets, vault }: Pick< App, 'secrets' | 'vault' >,
	tx: Db,
	server: Server,
	asked: GatewaySettings,
	{ site, actor, may }: Caller
): Promise< Chosen > {
	if ( ! may( 'manage_defaults' ) ) {
		throw new GatewayError( 'forbidden', { reason: 'permission' } );
	}
	const defaults = await defaultsOf( tx, site.id );
	const password = defaults ? await secrets.read( tx, defaultPasswordOf( defaults ) ) : null;
	if ( ! defaults || ! password ) {
		throw new GatewayError( 'no_defaults_saved' );
	}
	if ( ! server.mayHaveDefaults ) {
		throw new GatewayError( 'forbidden', { reason: 'connection_not_set_by_administrator' } );
	}
	if ( ! isBoundTo( { ...defaults.settings, caCertificate: null }, asked ) ) {
		throw new GatewayError( 'password_required' );
	}
	const entry = { siteId: site.id, serverId: server.serverId, actor: actor.login, action: 'defaults_used' } as const;
	await note( tx, vault, { ...entry, detail: { version: defaults.version } } );
	return { password, defaultsVersion: defaults.version };
}

type Bound = Pick< GatewaySettings, 'smtpServer' | 'userName' | 'caCertificate' >;
function isBoundTo( saved: Bound, asked: Bound ): boolean {
	return (
		saved.smtpServer === asked.smtpServer &&
		saved.userName === asked.userName &&
		saved.caCertificate === asked.caCertificate
	);
}
