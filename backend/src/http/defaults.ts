import type { DefaultsInput, DefaultsView, PasswordChoice } from '@email-gateway/shared';
import type { App } from '../app.ts';
import { note } from '../db/audit.ts';
import { defaultsOf, defaultsUse, saveDefaults as save } from '../db/defaults.ts';
import { forSite } from '../db/for-site.ts';
import { defaultPasswordOf } from '../db/places.ts';
import type { Db } from '../db/tables.ts';
import { GatewayError } from '../errors.ts';
import { Secret } from '../vault/secret.ts';
import type { Caller } from './mount.ts';

export async function readDefaults(
	{ db }: Pick< App, 'db' >,
	{ site }: Pick< Caller, 'site' >
): Promise< DefaultsView > {
	const defaults = await defaultsOf( db, site.id );
	const usedBy = await defaultsUse( db, site.id, defaults?.version ?? 0 );
	return {
		defaults: defaults ? { ...defaults.settings, version: defaults.version, at: defaults.at.toISOString() } : null,
		usedBy,
		customersMayUse: site.customersMayUseIncluded,
	};
}

export async function saveDefaults(
	app: App,
	{ defaults: input }: { defaults: DefaultsInput },
	{ site, actor }: Caller
): Promise< DefaultsView > {
	const { password: choice, ...settings } = input;
	return forSite( app.db, site, async ( tx ) => {
		const password = await defaultsPassword( app, tx, { siteId: site.id, settings, choice } );
		await save( tx, app.secrets, { siteId: site.id, settings, password, by: actor.login } );
		await note( tx, app.vault, {
			siteId: site.id,
			serverId: null,
			actor: actor.login,
			action: 'defaults_saved',
			detail: { smtpServer: settings.smtpServer },
		} );
		return readDefaults( { db: tx }, { site } );
	} );
}

/** The password that was typed, or the saved one where it belongs to this server and user. Errors: password_required. */
export async function defaultsPassword(
	{ secrets }: App,
	tx: Db,
	{
		siteId,
		settings: asked,
		choice,
	}: { siteId: string; settings: { smtpServer: string; userName: string }; choice: PasswordChoice }
): Promise< Secret > {
	if ( choice.use === 'typed' ) {
		return new Secret( choice.value );
	}
	const last = await defaultsOf( tx, siteId );
	const isSame = last?.settings.smtpServer === asked.smtpServer && last.settings.userName === asked.userName;
	const password = last && isSame ? await secrets.read( tx, defaultPasswordOf( last ) ) : null;
	if ( ! password ) {
		throw new GatewayError( 'password_required' );
	}
	return password;
}
