import type { ConnectionInput, SignIn } from '@email-gateway/shared';
import type { App } from '../app.ts';
import { note } from '../db/audit.ts';
import { forSite } from '../db/for-site.ts';
import { forget } from '../db/forget.ts';
import { currentJobs } from '../db/jobs.ts';
import { passwordOf, signInFields, signInPlace, type SignInField } from '../db/places.ts';
import { changeConnection, changeServer, holdServer, serverOf, type Server } from '../db/servers.ts';
import { settingsVersion } from '../db/settings.ts';
import type { Db, Tx } from '../db/tables.ts';
import { GatewayError } from '../errors.ts';
import { askForJob } from '../jobs/ask.ts';
import { leadsTo, type Supplied } from '../jobs/supplied-connection.ts';
import { refuseUnreadable } from '../ssh/private-key.ts';
import { Secret } from '../vault/secret.ts';
import type { Caller, Params } from './mount.ts';
import { jobActor } from './caller.ts';
import { hasGateway } from './server-view.ts';

type Choice = { use: 'typed'; value: string } | { use: 'saved' };

/**
 * Saves how to reach a server, then checks it. A new host, port or user drops the saved sign-in, the pinned key
 * and the trust, so that nobody can send a saved password to a host of theirs.
 */
export async function saveConnection(
	app: App,
	{ connection }: { connection: ConnectionInput },
	caller: Caller & Params
): Promise< { jobId: string } > {
	if ( caller.connection ) {
		throw new GatewayError( 'connection_supplied' );
	}
	const { signIn } = connection;
	if ( signIn.kind === 'private_key' && signIn.privateKey.use === 'typed' ) {
		// what can be told without opening it: the rest costs time, and is told by the job
		const passphrase = signIn.passphrase?.use === 'typed' ? signIn.passphrase.value : signIn.passphrase && '';
		refuseUnreadable( signIn.privateKey.value, passphrase );
	}
	return forSite( app.db, caller.site, async ( tx ) => {
		const server = await holdServer( tx, app.vault, refOf( caller ) );
		const kept = keptOf( { app, tx, server }, { ...connection, kind: connection.signIn.kind }, caller );
		await saveSignIn( kept, connection.signIn );
		await saveChoice( kept, 'sudo_password', connection.sudoPassword );
		await saveAddress( kept, caller );
		return askToCheck( app, tx, caller );
	} );
}

/**
 * Checks the connection as it is known. Where another plugin keeps it, this takes its address: a new one drops the
 * pinned key and the trust, as one that is typed does, and only who may change a connection comes here.
 */
export async function checkConnection( app: App, caller: Caller & Params ): Promise< { jobId: string } > {
	const { connection } = caller;
	return forSite( app.db, caller.site, async ( tx ) => {
		const server = await holdServer( tx, app.vault, refOf( caller ) );
		if ( connection ) {
			const kept = keptOf( { app, tx, server }, { ...connection, kind: 'supplied' }, caller );
			await saveSignIn( kept, { kind: 'managed_key' } );
			await saveChoice( kept, 'sudo_password', null );
			await saveAddress( kept, caller );
		} else if ( ! server.host || server.signIn === 'supplied' ) {
			throw new GatewayError( 'connection_missing' );
		}
		return askToCheck( app, tx, caller );
	} );
}

/** Errors: server_address_changed, where another plugin now keeps another address than the one that was checked. */
export function refuseElsewhere( server: Server, connection: Supplied | null ): void {
	if ( connection && ! leadsTo( connection, server ) ) {
		throw new GatewayError( 'server_address_changed', { was: server.host, becomes: connection.host } );
	}
}

/** Pins the key a person compared. */
export async function trustHostKey(
	app: App,
	{ fingerprint }: { fingerprint: string },
	caller: Caller & Params
): Promise< { jobId: string } > {
	const { actor, may } = caller;
	return forSite( app.db, caller.site, async ( tx ) => {
		const server = await holdServer( tx, app.vault, refOf( caller ) );
		refuseElsewhere( server, caller.connection );
		const key = server.hostKey;
		if ( ! server.host || ! key ) {
			throw new GatewayError( 'connection_missing' );
		}
		const seen = key.seenFingerprint ?? key.fingerprint;
		if ( fingerprint !== seen ) {
			throw new GatewayError( 'fingerprint_mismatch', { seen } );
		}
		const trusted = { state: 'trusted', fingerprint, seenFingerprint: null, algorithm: key.algorithm } as const;
		const next = {
			hostKey: { ...trusted, trustedAt: new Date().toISOString(), trustedBy: actor.login },
			mayHaveDefaults: server.mayHaveDefaults && may( 'manage_defaults' ),
		};
		// who compared the key wants the saved sign-in to go to its holder
		for ( const field of signInFields ) {
			await app.secrets.rebind( tx, signInPlace( server, field ), signInPlace( { ...server, ...next }, field ) );
		}
		await changeConnection( tx, app.vault, server, next );
		if ( key.state === 'changed' && ! may( 'manage_site' ) ) {
			await dropMailPassword( app, tx, server );
		}
		await note( tx, app.vault, {
			...refOf( caller ),
			actor: actor.login,
			action: 'host_key_trusted',
			detail: { fingerprint },
		} );
		return askToCheck( app, tx, caller );
	} );
}

/** Deletes what we know of a server, without asking it. */
export async function forgetServer(
	app: App,
	{ site, actor, serverId }: Caller & Params
): Promise< { leftBehind: boolean } > {
	return forSite( app.db, site, async ( tx ) => {
		const ref = { siteId: site.id, serverId };
		const server = await serverOf( tx, app.vault, ref );
		if ( ! server ) {
			return { leftBehind: false };
		}
		const job = ( await currentJobs( tx, site.id, [ serverId ] ) ).get( serverId );
		// a change that was never seen to end may leave something, too: it goes on there without us
		const leftBehind = hasGateway( server, job );
		await forget( tx, server );
		await note( tx, app.vault, {
			...ref,
			actor: actor.login,
			action: 'server_forgotten',
			detail: { host: server.host },
		} );
		return { leftBehind };
	} );
}

const refOf = ( { site, serverId }: Caller & Params ) => ( { siteId: site.id, serverId } );

async function askToCheck( app: App, tx: Tx, caller: Caller & Params ): Promise< { jobId: string } > {
	return askForJob( app, tx, {
		server: await holdServer( tx, app.vault, refOf( caller ) ),
		request: { verb: 'check_connection' },
		askedBy: jobActor( caller ),
		connection: caller.connection,
	} );
}

interface Address {
	host: string;
	sshPort: number;
	sshUser: string;
	kind: NonNullable< Server[ 'signIn' ] >;
}

interface Kept {
	app: App;
	tx: Db;
	/** As it was. */
	server: Server;
	/** As it is about to be. */
	next: Server;
	isSamePlace: boolean;
}

/** What becomes of the connection, and what of its trust outlives that. */
function keptOf( { app, tx, server }: Pick< Kept, 'app' | 'tx' | 'server' >, address: Address, { may }: Caller ): Kept {
	const isSamePlace = leadsTo( address, server );
	// a trust that someone else gave is not one for the defaults: who may manage them compares the key anew
	const keepsTrust = isSamePlace && ( server.mayHaveDefaults || ! may( 'manage_defaults' ) );
	const next = {
		...server,
		...{ host: address.host, sshPort: address.sshPort, sshUser: address.sshUser, signIn: address.kind },
		...{ setByAdministrator: may( 'manage_site' ), mayHaveDefaults: may( 'manage_defaults' ) },
		...( keepsTrust ? {} : { hostKey: null } ),
	};
	return { app, tx, server, next, isSamePlace };
}

/** Writes where a server is. */
async function saveAddress( { app, tx, server, next, isSamePlace }: Kept, caller: Caller & Params ): Promise< void > {
	const { actor, may } = caller;
	const { host, sshPort, sshUser, signIn: kind } = next;
	if ( kind === 'supplied' && isSamePlace && server.signIn === kind && isSameTrust( server, next ) ) {
		// a check of what is kept elsewhere and is as before saves nothing
		return;
	}
	await changeConnection( tx, app.vault, server, next );
	await changeServer( tx, server.id, {
		...( next.hostKey === null ? { lastLook: null, unfinished: false } : {} ),
		...( server.host === next.host ? {} : { installedVersion: null, lastTest: null } ),
	} );
	if ( ! isSamePlace && ! may( 'manage_site' ) ) {
		await dropMailPassword( app, tx, server );
	}
	await note( tx, app.vault, {
		...refOf( caller ),
		actor: actor.login,
		action: 'connection_saved',
		detail: { host, sshPort, sshUser, signIn: kind },
	} );
}

const isSameTrust = ( server: Server, next: Server ): boolean =>
	server.hostKey === next.hostKey &&
	server.setByAdministrator === next.setByAdministrator &&
	server.mayHaveDefaults === next.mayHaveDefaults;

async function saveSignIn( kept: Kept, signIn: SignIn ): Promise< void > {
	await saveChoice( kept, 'private_key', signIn.kind === 'private_key' ? signIn.privateKey : null );
	await saveChoice( kept, 'passphrase', signIn.kind === 'private_key' ? signIn.passphrase : null );
	await saveChoice( kept, 'password', signIn.kind === 'password' ? signIn.password : null );
}

async function saveChoice(
	{ app, tx, server, next, isSamePlace }: Kept,
	field: SignInField,
	choice: Choice | null
): Promise< void > {
	const place = signInPlace( next, field );
	if ( choice?.use === 'typed' ) {
		return app.secrets.save( tx, place, new Secret( choice.value ) );
	}
	if ( choice === null ) {
		return app.secrets.remove( tx, place );
	}
	if ( ! isSamePlace || ! ( await app.secrets.has( tx, place ) ) ) {
		throw new GatewayError( 'sign_in_required', { field } );
	}
	await app.secrets.rebind( tx, signInPlace( server, field ), place );
}

/** Someone who may not manage the site points the server elsewhere or trusts another key: the saved mail password does not go along. */
async function dropMailPassword( { secrets }: App, tx: Db, server: Server ): Promise< void > {
	const ref = { siteId: server.siteId, serverId: server.serverId };
	for ( const number of [ server.submittedVersion, server.installedVersion ] ) {
		const version = await settingsVersion( tx, ref, number );
		if ( version ) {
			await secrets.remove( tx, passwordOf( version ) );
		}
	}
}
