import type { Server } from '../db/servers.ts';
import { GatewayError } from '../errors.ts';
import { leadsTo, type Place, type Supplied } from './address.ts';

type Trusted = Pick< Server, 'hostKey' | 'tampered' >;

/** Errors: record_not_genuine. */
export function refuseTampered( { tampered }: Pick< Server, 'tampered' > ): void {
	if ( tampered ) {
		throw new GatewayError( 'record_not_genuine', { record: 'servers' } );
	}
}

/**
 * The one gate before whatever signs in to a server, except a check of the connection: its host key is trusted now.
 * Errors: record_not_genuine, host_key_changed, host_key_not_trusted.
 */
export function refuseUntrusted( server: Trusted ): void {
	refuseTampered( server );
	const { hostKey: key } = server;
	if ( key?.state === 'changed' ) {
		throw new GatewayError( 'host_key_changed', {
			fingerprint: key.fingerprint,
			seenFingerprint: key.seenFingerprint,
		} );
	}
	if ( key?.state !== 'trusted' ) {
		throw new GatewayError( 'host_key_not_trusted' );
	}
}

/** Errors: server_address_changed, where another plugin now keeps another address than the one that was checked. */
export function refuseElsewhere( server: Pick< Server, keyof Place >, connection: Place | null ): void {
	if ( connection && ! leadsTo( connection, server ) ) {
		throw new GatewayError( 'server_address_changed', { was: server.host, becomes: connection.host } );
	}
}

/** Errors: connection_missing, where there is none to check: whoever keeps it elsewhere tells it with the request. */
export function refuseUncheckable( server: Pick< Server, 'host' | 'signIn' >, connection: Supplied | null ): void {
	if ( ! connection && ( ! server.host || server.signIn === 'supplied' ) ) {
		throw new GatewayError( 'connection_missing' );
	}
}

/**
 * Whether a job may be queued that works on a server.
 * Errors: connection_missing, server_address_changed, and those of refuseUntrusted.
 */
export function refuseUnready(
	server: Trusted & Pick< Server, keyof Place | 'signIn' >,
	connection: Supplied | null
): void {
	refuseTampered( server );
	if ( ! server.host || ( server.signIn === 'supplied' ) !== ( connection !== null ) ) {
		throw new GatewayError( 'connection_missing' );
	}
	refuseElsewhere( server, connection );
	refuseUntrusted( server );
}
