import type { ErrorCode } from '@email-gateway/shared';
import { GatewayError, isFailure } from '../errors.ts';
import { excerpt } from './text.ts';

interface Row {
	level?: string;
	errno?: RegExp;
	/** Reason of a message that ends the connection (RFC 4253, 11.1): whoever says one speaks SSH. */
	reasons?: readonly number[];
	message?: RegExp;
	code: ErrorCode;
}

/** What ssh2, the server and the socket below say. The first row that fits counts. */
const rows: readonly Row[] = [
	{ level: 'client-authentication', code: 'sign_in_refused' },
	{ level: 'handshake', message: /no matching/, code: 'ssh_nothing_in_common' },
	{ reasons: [ 3 ], code: 'ssh_nothing_in_common' },
	{ reasons: [ 12 ], code: 'ssh_server_busy' },
	{ reasons: [ 1 ], code: 'ssh_refused_for_now' },
	{ reasons: [ 13, 14, 15 ], code: 'sign_in_refused' },
	{ reasons: [ 2 ], message: /authentication failures/, code: 'sign_in_refused' },
	{ errno: /^(ETIMEDOUT|ESOCKETTIMEDOUT)$/, code: 'server_timed_out' },
	{
		errno: /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|EADDRNOTAVAIL|EACCES|EPERM|EINVAL)$/,
		code: 'server_unreachable',
	},
	{ errno: /^(ECONNRESET|EPIPE)$/, code: 'connection_lost' },
	{ level: 'client-socket', code: 'server_unreachable' },
	{ reasons: Array.from( { length: 16 }, ( _, reason ) => reason ), code: 'connection_lost' },
	{ level: 'protocol', code: 'ssh_not_spoken' },
	{ level: 'handshake', code: 'ssh_not_spoken' },
];

/** Maps what went wrong before the connection was ready. What no row knows is a bug and stays as it is. */
export function connectError( error: unknown, detail: { host: string; port: number } ): unknown {
	if ( isFailure( error ) || typeof error !== 'object' || error === null ) {
		return error;
	}
	const { level, code, message } = error as { level?: unknown; code?: unknown; message?: unknown };
	const text = typeof message === 'string' ? message : '';
	const errno = typeof code === 'string' ? code : '';
	const row = rows.find(
		( { reasons, ...r } ) =>
			( r.level === undefined || r.level === level ) &&
			( r.errno === undefined || r.errno.test( errno ) ) &&
			( reasons === undefined || ( typeof code === 'number' && reasons.includes( code ) ) ) &&
			( r.message === undefined || r.message.test( text ) )
	);
	if ( row === undefined ) {
		return error;
	}
	const isSaid = typeof code === 'number' || row.message !== undefined;
	return new GatewayError( row.code, {
		...detail,
		...( errno !== '' && { reason: errno } ),
		...( isSaid && { said: excerpt( text ) } ),
	} );
}
