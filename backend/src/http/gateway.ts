import type { GatewaySettingsInput, OlderMail, Verb } from '@email-gateway/shared';
import type { App } from '../app.ts';
import { forSite } from '../db/for-site.ts';
import { recentJobsOf, recentTests, type Account } from '../db/jobs.ts';
import { holdServer, type Server } from '../db/servers.ts';
import { hasUnshown, submitSettings } from '../db/settings.ts';
import type { Tx } from '../db/tables.ts';
import type { JobRequest } from '../jobs/request.ts';
import { GatewayError } from '../errors.ts';
import { askForJob } from '../jobs/ask.ts';
import type { Supplied } from '../jobs/supplied-connection.ts';
import { jobActor } from './caller.ts';
import { refuseElsewhere } from './connection.ts';
import type { Caller, Params } from './mount.ts';
import { choosePassword } from './password-choice.ts';
import { testSender } from './test-sender.ts';

type Accepted = Promise< { jobId: string } >;
interface InstallRequest {
	settings: GatewaySettingsInput;
	consents: string[];
}
const testsAnHour = 10;
/** Of one person at a site: a provider is no place to try passwords, nor one's quota a toy. */
const jobsAnHour = 30;
/** By everybody at a site. More than one person's, or they would learn by their last one that someone else tried it. */
const jobsAnAccount = 60;

/** Errors: too_many_requests, with how many one person may ask for. */
async function refuseMany( tx: Tx, verb: Verb, { site, actor }: Caller, account: Account | null ): Promise< void > {
	const recent = await recentJobsOf( tx, { siteId: site.id, verb, login: actor.login, account } );
	if ( recent.ofPerson >= jobsAnHour || recent.ofAccount >= jobsAnAccount ) {
		throw new GatewayError( 'too_many_requests', { anHour: jobsAnHour } );
	}
}

/** Errors: forbidden, where someone else than an administrator overrules what was found. */
function mayConsent( { consents }: InstallRequest, { may }: Caller ): void {
	if ( consents.length > 0 && ! may( 'manage_site' ) ) {
		throw new GatewayError( 'forbidden', { reason: 'administrator_must_choose' } );
	}
}

/**
 * Whoever is not shown the defaults compares nothing with them: what would have to be changed on a server that has them
 * tells how right a guess is, by its number alone.
 * Errors: account_not_shown, until they are removed from there.
 */
async function refuseUnshown( tx: Tx, server: Server, { may }: Caller ): Promise< void > {
	if ( ! may( 'manage_defaults' ) && ( await hasUnshown( tx, server ) ) ) {
		throw new GatewayError( 'account_not_shown' );
	}
}

/** Makes the settings the submitted version and queues their install. */
export function installGateway( app: App, input: InstallRequest, caller: Caller & Params ): Accepted {
	return withServer( app, caller, async ( tx, server ) => {
		mayConsent( input, caller );
		await refuseUnshown( tx, server, caller );
		const { password: choice, ...settings } = input.settings;
		const chosen = await choosePassword( app, tx, { server, settings, choice, caller } );
		const submitted = { server, settings, ...chosen, by: caller.actor.login };
		const version = await submitSettings( tx, app, submitted );
		const consents = [ ...input.consents ].sort();
		const passwordTyped = choice.use === 'typed';
		const request = {
			verb: 'install_gateway',
			version,
			consents,
			siteUrl: caller.site.url,
			passwordTyped,
		} as const;
		return ask( app, tx, server, caller, request );
	} );
}

/** What an install would change. A typed password is kept with the job only, until it ends. */
export function previewChanges( app: App, input: InstallRequest, caller: Caller & Params ): Accepted {
	return withServer( app, caller, async ( tx, server ) => {
		mayConsent( input, caller );
		await refuseUnshown( tx, server, caller );
		const { password: choice, ...settings } = input.settings;
		const { password, defaultsVersion } = await choosePassword( app, tx, { server, settings, choice, caller } );
		const request = {
			verb: 'preview_changes',
			withDefaults: defaultsVersion !== null,
			settings,
			consents: [ ...input.consents ].sort(),
			siteUrl: caller.site.url,
			passwordTyped: choice.use === 'typed',
		} as const;
		return askForJob( app, tx, {
			server,
			request,
			askedBy: jobActor( caller ),
			connection: caller.connection,
			password: { secret: password, keepWithJob: true },
		} );
	} );
}

/** Asks the provider from the server. A typed password is kept with the job only, until it ends. */
export function checkSettings( app: App, input: InstallRequest, caller: Caller & Params ): Accepted {
	return withServer( app, caller, async ( tx, server ) => {
		await refuseMany( tx, 'check_settings', caller, input.settings );
		const { password: choice, ...settings } = input.settings;
		const { password, defaultsVersion } = await choosePassword( app, tx, { server, settings, choice, caller } );
		const withDefaults = defaultsVersion !== null;
		return askForJob( app, tx, {
			server,
			request: { verb: 'check_settings', settings, withDefaults },
			askedBy: jobActor( caller ),
			connection: caller.connection,
			password: { secret: password, keepWithJob: true },
		} );
	} );
}

/** Asks a mail domain for its server. Reaches no server of the site, so none need be connected. */
export function findSettings( app: App, { address }: { address: string }, caller: Caller & Params ): Accepted {
	return forSite( app.db, caller.site, async ( tx ) => {
		const server = await holdServer( tx, app.vault, { siteId: caller.site.id, serverId: caller.serverId } );
		const request = { verb: 'find_settings', address } as const;
		return askForJob( app, tx, { server, request, askedBy: jobActor( caller ), connection: null } );
	} );
}

export function sendTestEmail(
	app: App,
	{ from, to }: { from: string | null; to: string },
	caller: Caller & Params
): Accepted {
	return withServer( app, caller, async ( tx, server ) => {
		if ( server.installedVersion === null ) {
			throw new GatewayError( 'gateway_not_installed' );
		}
		if ( ( await recentTests( tx, server ) ) >= testsAnHour ) {
			throw new GatewayError( 'test_mails_exhausted', { anHour: testsAnHour } );
		}
		await refuseMany( tx, 'send_test_email', caller, null );
		const sender = await testSender( tx, server, from, caller );
		const request = { verb: 'send_test_email', from: sender, to, siteName: caller.site.name } as const;
		return ask( app, tx, server, caller, request );
	} );
}

export function deliverWaitingMail( app: App, { older }: { older: OlderMail }, caller: Caller & Params ): Accepted {
	return withServer( app, caller, async ( tx, server ) => {
		if ( server.installedVersion === null ) {
			throw new GatewayError( 'gateway_not_installed' );
		}
		return ask( app, tx, server, caller, { verb: 'deliver_waiting_mail', older } );
	} );
}

export function deliverFormerMail( app: App, _input: object, caller: Caller & Params ): Accepted {
	return withServer( app, caller, async ( tx, server ) => {
		if ( server.installedVersion === null ) {
			throw new GatewayError( 'gateway_not_installed' );
		}
		return ask( app, tx, server, caller, { verb: 'deliver_former_mail' } );
	} );
}

export function removeGateway(
	app: App,
	{ waitingMail }: { waitingMail: 'refuse' | 'save' },
	caller: Caller & Params
): Accepted {
	return withServer( app, caller, async ( tx, server ) => {
		// an install that broke off may have left something to remove, so the submitted version is enough; so is our own
		// marker on the server
		const wasTried = server.installedVersion !== null || server.submittedVersion !== null;
		if ( ! wasTried && server.lastLook?.gateway !== 'ours' ) {
			throw new GatewayError( 'gateway_not_installed' );
		}
		return ask( app, tx, server, caller, { verb: 'remove_gateway', waitingMail } );
	} );
}

function withServer(
	app: App,
	{ site, serverId, connection }: Caller & Params,
	act: ( tx: Tx, server: Server ) => Accepted
): Accepted {
	return forSite( app.db, site, async ( tx ) => {
		const server = await holdServer( tx, app.vault, { siteId: site.id, serverId } );
		ready( server, connection );
		return act( tx, server );
	} );
}

function ask( app: App, tx: Tx, server: Server, caller: Caller, request: JobRequest ): Accepted {
	return askForJob( app, tx, { server, request, askedBy: jobActor( caller ), connection: caller.connection } );
}

/** Errors: record_not_genuine, connection_missing, server_address_changed, host_key_not_trusted, host_key_changed. */
export function ready( server: Server, connection: Supplied | null ): void {
	const { host, hostKey, signIn, tampered } = server;
	if ( tampered ) {
		throw new GatewayError( 'record_not_genuine', { record: 'servers' } );
	}
	if ( ! host || ( signIn === 'supplied' ) !== ( connection !== null ) ) {
		throw new GatewayError( 'connection_missing' );
	}
	refuseElsewhere( server, connection );
	if ( hostKey?.state === 'changed' ) {
		throw new GatewayError( 'host_key_changed', {
			fingerprint: hostKey.fingerprint,
			seenFingerprint: hostKey.seenFingerprint,
		} );
	}
	if ( hostKey?.state !== 'trusted' ) {
		throw new GatewayError( 'host_key_not_trusted' );
	}
}
