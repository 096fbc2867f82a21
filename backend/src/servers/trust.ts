import type { Server } from '../db/servers.ts';
import type { HostKey } from '../db/tables.ts';
import { GatewayError } from '../errors.ts';
import { leadsTo, type Place } from './address.ts';
import type { Caller } from './caller.ts';

type May = Pick< Caller, 'may' >;

/** How a server is to be reached from now on. */
export interface NewAddress extends Place {
	kind: NonNullable< Server[ 'signIn' ] >;
}

/** A server as it was, and as its new connection makes it. */
export interface Moved {
	server: Server;
	next: Server;
	isSamePlace: boolean;
}

/**
 * What becomes of a connection, and what of its trust outlives that: a new host, port or user drops the pinned key and
 * the trust, so that nobody sends a saved password to a host of theirs.
 */
export function moved( server: Server, address: NewAddress, { may }: May ): Moved {
	const isSamePlace = leadsTo( address, server );
	// a trust that someone else gave is not one for the defaults: who may manage them compares the key again
	const keepsTrust = isSamePlace && ( server.mayHaveDefaults || ! may( 'manage_defaults' ) );
	const { host, sshPort, sshUser, kind: signIn } = address;
	const next = {
		...server,
		...{ host, sshPort, sshUser, signIn },
		...{ setByAdministrator: may( 'manage_site' ), mayHaveDefaults: may( 'manage_defaults' ) },
		...( keepsTrust ? {} : { hostKey: null } ),
	};
	return { server, next, isSamePlace };
}

/** A check of what is kept elsewhere and is as before: nothing is to be saved. */
export const isAsBefore = ( { server, next, isSamePlace }: Moved ): boolean =>
	isSamePlace &&
	next.signIn === 'supplied' &&
	server.signIn === next.signIn &&
	server.hostKey === next.hostKey &&
	server.setByAdministrator === next.setByAdministrator &&
	server.mayHaveDefaults === next.mayHaveDefaults;

/** What was seen of the server, and what was done there, belongs to the host and key that it was seen at. */
export const forgottenBy = ( { server, next }: Moved ) => ( {
	...( next.hostKey === null ? { lastLook: null, unfinished: false } : {} ),
	...( server.host === next.host ? {} : { installedVersion: null, lastTest: null } ),
} );

/** Whether the saved mail password stays behind: someone who may not manage the site points the server elsewhere. */
export const losesPasswordByMove = ( { isSamePlace }: Pick< Moved, 'isSamePlace' >, { may }: May ): boolean =>
	! isSamePlace && ! may( 'manage_site' );

/** The same where they trust a key in place of another one. */
export const losesPasswordByTrust = ( before: Pick< HostKey, 'state' >, { may }: May ): boolean =>
	before.state === 'changed' && ! may( 'manage_site' );

/**
 * The key that a person compared is trusted.
 * Errors: connection_missing, fingerprint_mismatch where another one was seen.
 */
export function trusted(
	server: Server,
	fingerprint: string,
	{ actor, may, now }: Pick< Caller, 'actor' | 'may' | 'now' >
): { before: HostKey; next: Pick< Server, 'mayHaveDefaults' > & { hostKey: HostKey } } {
	const { host, hostKey: before } = server;
	if ( ! host || ! before ) {
		throw new GatewayError( 'connection_missing' );
	}
	const seen = before.seenFingerprint ?? before.fingerprint;
	if ( fingerprint !== seen ) {
		throw new GatewayError( 'fingerprint_mismatch', { seen } );
	}
	const hostKey: HostKey = {
		...{ state: 'trusted', fingerprint, seenFingerprint: null, algorithm: before.algorithm },
		...{ trustedAt: new Date( now ).toISOString(), trustedBy: actor.login },
	};
	const mayHaveDefaults = server.mayHaveDefaults && may( 'manage_defaults' );
	return { before, next: { hostKey, mayHaveDefaults } };
}
