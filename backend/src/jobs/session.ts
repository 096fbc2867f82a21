import type { App } from '../app.ts';
import { holdServer, saveHostKey, type Server } from '../db/servers.ts';
import type { HostKey } from '../db/tables.ts';
import { GatewayError } from '../errors.ts';
import type { Remote } from '../ssh/remote.ts';
import type { SshTarget } from '../ssh/target.ts';
import type { Secret } from '../vault/secret.ts';
import type { JobContext } from './context.ts';
import { leadsTo, suppliedFor } from './supplied-connection.ts';

/**
 * Opens the job's one connection, hands it to `act` and closes it. What the server shows as its key is kept, so
 * that a person can compare and trust it. Errors: those of `connect` and of `act`.
 *
 * @param first the program that `act` runs first, if that is sure
 */
export async function withRemote< T >(
	context: JobContext,
	act: ( remote: Remote ) => Promise< T >,
	first?: string
): Promise< T > {
	const { app, server, anyStop } = context;
	const remote = await context.step( 'connect', async () => {
		const target = await targetOf( context );
		const options = { signal: anyStop, allowedPrivateRanges: app.config.allowedPrivateRanges, first };
		const opened = await app.tools.connect( target, options ).catch( async ( error: unknown ) => {
			await keepSeenKey( app, server, error );
			throw error;
		} );
		return { value: opened, detail: { asRoot: opened.asRoot, fingerprint: opened.fingerprint } };
	} );
	try {
		return await act( remote );
	} finally {
		remote.close();
	}
}

/**
 * Opens the secrets of a connection: only here, in the worker.
 * Errors: connection_missing, sign_in_required, server_address_changed.
 */
async function targetOf( { app, job, server }: JobContext ): Promise< SshTarget > {
	const { db, secrets } = app;
	const { host, ssh_port: port, ssh_user: user, sign_in: kind, host_key: hostKey } = server;
	if ( ! host || ! port || ! user || ! kind ) {
		throw new GatewayError( 'connection_missing' );
	}
	const read = ( field: string ) => secrets.read( db, { table: 'servers', id: server.id, field } );
	const need = async ( field: string ): Promise< Secret > => {
		const secret = await read( field );
		if ( ! secret ) {
			throw new GatewayError( 'sign_in_required', { field } );
		}
		return secret;
	};
	const signIn: SshTarget[ 'signIn' ] =
		kind === 'supplied'
			? await suppliedSignIn( app, job.id, server )
			: kind === 'password'
			? { kind: 'password', password: await need( 'password' ) }
			: kind === 'private_key'
			? { kind: 'key', privateKey: await need( 'private_key' ), passphrase: await read( 'passphrase' ) }
			: { kind: 'key', privateKey: await need( 'managed_key' ), passphrase: null };
	return {
		host,
		port,
		user,
		signIn,
		sudoPassword: await read( 'sudo_password' ),
		pinnedFingerprint: hostKey && hostKey.state !== 'unknown' ? hostKey.fingerprint : null,
		mayReachLocalAddresses: server.set_by_administrator,
	};
}

/** The key that came with the job; what it leads to must still be what was trusted. */
async function suppliedSignIn( { db, secrets }: App, jobId: string, server: Server ): Promise< SshTarget[ 'signIn' ] > {
	const supplied = await suppliedFor( secrets, db, jobId );
	if ( ! supplied ) {
		throw new GatewayError( 'sign_in_required', { field: 'supplied' } );
	}
	if ( ! leadsTo( supplied, server ) ) {
		throw new GatewayError( 'server_address_changed', { was: server.host, becomes: supplied.host } );
	}
	return { kind: 'key', privateKey: supplied.privateKey, passphrase: supplied.passphrase };
}

async function keepSeenKey( { db }: App, server: Server, error: unknown ): Promise< void > {
	if ( ! ( error instanceof GatewayError ) ) {
		return;
	}
	const { fingerprint, seenFingerprint, algorithm } = error.detail;
	if ( error.code === 'host_key_unknown' ) {
		const key = {
			state: 'unknown',
			fingerprint: String( fingerprint ),
			seenFingerprint: null,
			algorithm: String( algorithm ),
		} as const;
		await replaceKey( db, server, { ...key, trustedAt: null, trustedBy: null } );
	}
	if ( error.code === 'host_key_changed' && server.host_key ) {
		await replaceKey( db, server, {
			...server.host_key,
			state: 'changed',
			seenFingerprint: String( seenFingerprint ),
		} );
	}
}

/** Writes what was seen unless the connection was changed or the key trusted meanwhile. */
export async function replaceKey( db: App[ 'db' ], server: Server, key: HostKey ): Promise< void > {
	await db.transaction().execute( async ( tx ) => {
		const now = await holdServer( tx, { siteId: server.site_id, serverId: server.server_id } );
		const isSamePlace =
			now.host === server.host && now.ssh_port === server.ssh_port && now.ssh_user === server.ssh_user;
		if ( isSamePlace && JSON.stringify( now.host_key ) === JSON.stringify( server.host_key ) ) {
			await saveHostKey( tx, server.id, key );
		}
	} );
}
