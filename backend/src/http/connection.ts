import type { ConnectionInput, SignIn } from '@email-gateway/shared';
import type { App } from '../app.ts';
import { note } from '../db/audit.ts';
import { forget } from '../db/forget.ts';
import { changeServer, holdServer, saveHostKey, serverOf, type Server } from '../db/servers.ts';
import { passwordOf, settingsVersion } from '../db/settings.ts';
import type { Db } from '../db/tables.ts';
import { GatewayError } from '../errors.ts';
import { askForJob } from '../jobs/ask.ts';
import { Secret } from '../vault/secret.ts';
import type { Caller, Params } from './mount.ts';
import { jobActor } from './caller.ts';

type Choice = { use: 'typed'; value: string } | { use: 'saved' };

/**
 * Saves how to reach a server, then checks it. A new host, port or user drops the saved sign-in, the pinned key
 * and the trust, so that nobody can send a saved password to a host of theirs.
 * Errors: sign_in_required where something saved was asked for and there is none for this host, port and user.
 */
export async function saveConnection(
	app: App,
	{ connection }: { connection: ConnectionInput },
	{ site, actor, may, serverId }: Caller & Params
): Promise< { jobId: string } > {
	return app.db.transaction().execute( async ( tx ) => {
		const server = await holdServer( tx, { siteId: site.id, serverId } );
		const { host, sshPort, sshUser, signIn, sudoPassword } = connection;
		const isSamePlace = server.host === host && server.ssh_port === sshPort && server.ssh_user === sshUser;
		// a trust that someone else gave is not one for the defaults: who may manage them compares the key anew
		const keepsTrust = isSamePlace && ( server.may_have_defaults || ! may( 'manage_defaults' ) );
		const kept = { app, tx, server, isSamePlace };
		await saveSignIn( kept, signIn );
		await saveChoice( kept, 'sudo_password', sudoPassword );
		await changeServer( tx, server.id, {
			host,
			ssh_port: sshPort,
			ssh_user: sshUser,
			sign_in: signIn.kind,
			set_by_administrator: may( 'manage_site' ),
			may_have_defaults: may( 'manage_defaults' ),
			...( keepsTrust ? {} : { host_key: null, last_look: null, unfinished: false } ),
			...( server.host === host ? {} : { installed_version: null, last_test: null } ),
		} );
		if ( ! isSamePlace && ! may( 'manage_site' ) ) {
			await dropMailPassword( app, tx, server );
		}
		await note( tx, {
			siteId: site.id,
			serverId,
			actor: actor.login,
			action: 'connection_saved',
			detail: { host, sshPort, sshUser, signIn: signIn.kind },
		} );
		const now = await holdServer( tx, { siteId: site.id, serverId } );
		return askForJob( app, tx, {
			server: now,
			request: { verb: 'check_connection' },
			askedBy: jobActor( { actor, may } ),
		} );
	} );
}

/**
 * Pins the key a person compared. Errors: connection_missing, fingerprint_mismatch where another one was seen.
 */
export async function trustHostKey(
	app: App,
	{ fingerprint }: { fingerprint: string },
	{ site, actor, may, serverId }: Caller & Params
): Promise< { jobId: string } > {
	return app.db.transaction().execute( async ( tx ) => {
		const server = await holdServer( tx, { siteId: site.id, serverId } );
		const key = server.host_key;
		if ( ! server.host || ! key ) {
			throw new GatewayError( 'connection_missing' );
		}
		const seen = key.seenFingerprint ?? key.fingerprint;
		if ( fingerprint !== seen ) {
			throw new GatewayError( 'fingerprint_mismatch', { seen } );
		}
		const trusted = { state: 'trusted', fingerprint, seenFingerprint: null, algorithm: key.algorithm } as const;
		await saveHostKey( tx, server.id, { ...trusted, trustedAt: new Date().toISOString(), trustedBy: actor.login } );
		await changeServer( tx, server.id, {
			may_have_defaults: server.may_have_defaults && may( 'manage_defaults' ),
		} );
		if ( key.state === 'changed' && ! may( 'manage_site' ) ) {
			await dropMailPassword( app, tx, server );
		}
		await note( tx, {
			siteId: site.id,
			serverId,
			actor: actor.login,
			action: 'host_key_trusted',
			detail: { fingerprint },
		} );
		const now = await holdServer( tx, { siteId: site.id, serverId } );
		return askForJob( app, tx, {
			server: now,
			request: { verb: 'check_connection' },
			askedBy: jobActor( { actor, may } ),
		} );
	} );
}

/** Deletes what we know of a server, without asking it. */
export async function forgetServer(
	app: App,
	{ site, actor, serverId }: Caller & Params
): Promise< { leftBehind: boolean } > {
	return app.db.transaction().execute( async ( tx ) => {
		const ref = { siteId: site.id, serverId };
		const server = await serverOf( tx, ref );
		if ( ! server ) {
			return { leftBehind: false };
		}
		await forget( tx, server );
		await note( tx, { ...ref, actor: actor.login, action: 'server_forgotten', detail: { host: server.host } } );
		// a change that was never seen to end may have left something, too
		return { leftBehind: server.installed_version !== null || server.unfinished };
	} );
}

interface Kept {
	app: App;
	tx: Db;
	server: Server;
	isSamePlace: boolean;
}

async function saveSignIn( kept: Kept, signIn: SignIn ): Promise< void > {
	await saveChoice( kept, 'private_key', signIn.kind === 'private_key' ? signIn.privateKey : null );
	await saveChoice( kept, 'passphrase', signIn.kind === 'private_key' ? signIn.passphrase : null );
	await saveChoice( kept, 'password', signIn.kind === 'password' ? signIn.password : null );
}

async function saveChoice(
	{ app, tx, server, isSamePlace }: Kept,
	field: string,
	choice: Choice | null
): Promise< void > {
	const place = { table: 'servers', id: server.id, field };
	if ( choice?.use === 'typed' ) {
		return app.secrets.save( tx, place, new Secret( choice.value ) );
	}
	if ( choice === null ) {
		return app.secrets.remove( tx, place );
	}
	if ( ! isSamePlace || ! ( await app.secrets.has( tx, place ) ) ) {
		throw new GatewayError( 'sign_in_required', { field } );
	}
}

/** Someone who may not manage the site points the server elsewhere or trusts another key: the saved mail password does not go along. */
async function dropMailPassword( { secrets }: App, tx: Db, server: Server ): Promise< void > {
	const ref = { siteId: server.site_id, serverId: server.server_id };
	for ( const number of [ server.submitted_version, server.installed_version ] ) {
		const version = await settingsVersion( tx, ref, number );
		if ( version ) {
			await secrets.remove( tx, passwordOf( version ) );
		}
	}
}
