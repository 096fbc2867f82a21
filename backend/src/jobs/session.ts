import type { App } from '../app.ts';
import { managedKeyPlace, pinOf, signInPlace, type SignInField } from '../db/places.ts';
import { holdServer, serverOf, type Server } from '../db/servers.ts';
import { isSameConnection } from '../db/server-identity.ts';
import { changeConnection } from '../db/change-server.ts';
import type { Db, HostKey } from '../db/tables.ts';
import { GatewayError, isFailure } from '../errors.ts';
import { refuseElsewhere, refuseTampered } from '../servers/readiness.ts';
import type { Remote } from '../ssh/remote.ts';
import type { SshTarget } from '../ssh/target.ts';
import { canonical } from '../vault/canonical.ts';
import type { Secret } from '../vault/secret.ts';
import type { JobContext } from './context.ts';
import { lentFor, suppliedFor } from './supplied-connection.ts';

/** Whose connection it is: of a job, or of a look that nobody asked for. */
export type ConnectionOf = Pick< JobContext, 'app' | 'server' | 'isApplying' > & { job: JobContext[ 'job' ] | null };

/** Opens the job's one connection, hands it to `act` and closes it. Errors: those of `openConnection` and of `act`. */
export async function withRemote< T >( context: JobContext, act: ( remote: Remote ) => Promise< T > ): Promise< T > {
	const remote = await context.step( 'connect', async () => {
		const value = await openConnection( context, { signal: context.stopSignal() } );
		return { value, detail: { fingerprint: value.fingerprint } };
	} );
	try {
		return await act( remote );
	} finally {
		remote.close();
	}
}

/** A key that another plugin keeps is mended there, not in our form. */
function ofWhom( { signIn: kind }: Server, error: unknown ): unknown {
	const isTheirs = kind === 'supplied' && isFailure( error, 'private_key_unreadable' );
	return isTheirs ? new GatewayError( error.code, { ...error.detail, supplied: true }, error.changed ) : error;
}

/**
 * Connects to a server. What it shows as its key is kept, so that a person can compare and trust it.
 * Errors: those of `targetOf` and of `connect`.
 */
export async function openConnection( of: ConnectionOf, { signal }: { signal: AbortSignal } ): Promise< Remote > {
	const { app, server } = of;
	const target = await targetOf( of );
	const { allowedPrivateRanges } = app.config;
	return app.tools.connect( target, { signal, allowedPrivateRanges } ).catch( async ( error: unknown ) => {
		await keepSeenKey( app, server, error );
		throw ofWhom( server, error );
	} );
}

/**
 * Opens the secrets of a connection: only here, in the worker. Each is bound to where it may be sent, and they are read
 * together with the row as it is now: a job that began with another connection ends instead of using this one's.
 * Errors: connection_missing, sign_in_required, server_address_changed, connection_changed, record_not_genuine.
 */
function targetOf( context: ConnectionOf ): Promise< SshTarget > {
	const { app, server } = context;
	const { host, sshPort: port, sshUser: user } = server;
	refuseTampered( server );
	if ( ! host || ! port || ! user ) {
		throw new GatewayError( 'connection_missing' );
	}
	return app.db.transaction().execute( async ( tx ) => {
		await refuseOtherConnection( context, tx );
		return {
			host,
			port,
			user,
			signIn: await signInOf( context, tx ),
			sudoPassword: await app.secrets.read( tx, signInPlace( server, 'sudo_password' ) ),
			pinnedFingerprint: pinOf( server ),
			mayReachLocalAddresses: server.setByAdministrator,
		};
	} );
}

/** Errors: connection_changed. What the job has begun on the server it knows goes on there without it. */
async function refuseOtherConnection( { app, server, isApplying }: ConnectionOf, tx: Db ): Promise< void > {
	const ref = { siteId: server.siteId, serverId: server.serverId };
	const now = await serverOf( tx, app.vault, ref );
	if ( ! now || ! isSameConnection( now, server ) ) {
		throw new GatewayError( 'connection_changed', {}, isApplying() ? 'unknown' : 'nothing' );
	}
}

async function signInOf( context: ConnectionOf, tx: Db ): Promise< SshTarget[ 'signIn' ] > {
	const { app, server } = context;
	const need = async ( field: SignInField | 'managed_key' ): Promise< Secret > => {
		const place = field === 'managed_key' ? managedKeyPlace( server ) : signInPlace( server, field );
		const secret = await app.secrets.read( tx, place );
		if ( ! secret ) {
			throw new GatewayError( 'sign_in_required', { field } );
		}
		return secret;
	};
	switch ( server.signIn ) {
		case 'supplied':
			return suppliedSignIn( context, tx );
		case 'password':
			return { kind: 'password', password: await need( 'password' ) };
		case 'private_key':
			return {
				kind: 'key',
				privateKey: await need( 'private_key' ),
				passphrase: await app.secrets.read( tx, signInPlace( server, 'passphrase' ) ),
			};
		case 'managed_key':
			return { kind: 'key', privateKey: await need( 'managed_key' ), passphrase: null };
		default:
			throw new GatewayError( 'connection_missing' );
	}
}

/** The key that came with the job, or was lent for looks; what it leads to must still be what was trusted. */
async function suppliedSignIn( { app, job, server }: ConnectionOf, tx: Db ): Promise< SshTarget[ 'signIn' ] > {
	const supplied = await ( job ? suppliedFor( app.secrets, tx, job ) : lentFor( app.secrets, tx, server ) );
	if ( ! supplied ) {
		throw new GatewayError( 'sign_in_required', { field: 'supplied' } );
	}
	refuseElsewhere( server, supplied );
	return { kind: 'key', privateKey: supplied.privateKey, passphrase: supplied.passphrase };
}

async function keepSeenKey( app: App, server: Server, error: unknown ): Promise< void > {
	if ( isFailure( error, 'host_key_unknown' ) ) {
		const key = { ...error.detail, state: 'unknown', seenFingerprint: null } as const;
		await replaceKey( app, server, { ...key, trustedAt: null, trustedBy: null } );
	}
	if ( isFailure( error, 'host_key_changed' ) && server.hostKey ) {
		const { seenFingerprint } = error.detail;
		await replaceKey( app, server, { ...server.hostKey, state: 'changed', seenFingerprint } );
	}
}

/** Once connected: what was trusted answers again after another key was seen there. */
export async function trustAgain( app: App, server: Server ): Promise< void > {
	if ( server.hostKey?.state === 'changed' ) {
		await replaceKey( app, server, { ...server.hostKey, state: 'trusted', seenFingerprint: null } );
	}
}

/** Writes what was seen unless the connection was changed or the key trusted meanwhile. */
async function replaceKey( { db, vault }: App, server: Server, key: HostKey ): Promise< void > {
	await db.transaction().execute( async ( tx ) => {
		const now = await holdServer( tx, vault, { siteId: server.siteId, serverId: server.serverId } );
		if ( isSameConnection( now, server ) && canonical( now.hostKey ) === canonical( server.hostKey ) ) {
			await changeConnection( tx, vault, now, { hostKey: key } );
		}
	} );
}
