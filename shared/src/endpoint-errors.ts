import type { Endpoint } from './endpoint.ts';
import type { ErrorCode } from './errors.ts';
import type { z } from 'zod';

const ofEveryCall: readonly ErrorCode[] = [
	'invalid_request',
	'body_too_large',
	'too_many_requests',
	'internal_error',
];

/** connection_missing and private_key_unreadable: a connection that another plugin keeps is read before the call is. */
const ofSignedCalls: readonly ErrorCode[] = [
	'signature_missing',
	'signature_invalid',
	'signature_too_old',
	'signature_replayed',
	'site_unknown',
	'site_revoked',
	'site_key_expired',
	'forbidden',
	'connection_missing',
	'private_key_unreadable',
];

/** Of calls that need a server whose connection was checked and whose host key is trusted. */
export const errorsOfReadyServer = [
	'record_not_genuine',
	'connection_missing',
	'server_address_changed',
	'host_key_changed',
	'host_key_not_trusted',
] as const satisfies readonly ErrorCode[];

/** Every code that a call may be refused with, each once: its own and those of its kind. */
export function errorsOf( {
	method,
	path,
	access,
	errors,
	whenMoved,
}: Endpoint< z.ZodType, z.ZodType > ): readonly ErrorCode[] {
	const isSigned = access !== 'public';
	const isOfServer = path.includes( ':serverId' );
	// any call for a server may be the one that tells of its new owner, and that is recorded
	const isRecorded = isOfServer || method !== 'GET';
	const kinds: readonly ErrorCode[][] = [
		isSigned ? [ ...ofSignedCalls ] : [],
		isSigned && ! whenMoved ? [ 'site_moved' ] : [],
		isOfServer ? [ 'not_found' ] : [],
		isRecorded ? [ 'audit_not_written' ] : [],
	];
	return [ ...new Set( [ ...errors, ...kinds.flat(), ...ofEveryCall ] ) ];
}
