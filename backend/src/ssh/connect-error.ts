import type { ErrorCode } from '@email-gateway/shared';
import { GatewayError } from '../errors.ts';

/** What ssh2 and the socket below it say, by level and errno. The first row that fits counts. */
const rows: readonly { level?: string; errno?: RegExp; code: ErrorCode }[] = [
	{ level: 'client-authentication', code: 'sign_in_refused' },
	{ errno: /^(ETIMEDOUT|ESOCKETTIMEDOUT)$/, code: 'server_timed_out' },
	{
		errno: /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|EADDRNOTAVAIL|EACCES|EPERM|EINVAL)$/,
		code: 'server_unreachable',
	},
	{ errno: /^(ECONNRESET|EPIPE)$/, code: 'connection_lost' },
	{ level: 'client-socket', code: 'server_unreachable' },
	{ level: 'protocol', code: 'ssh_not_spoken' },
	{ level: 'handshake', code: 'ssh_not_spoken' },
];

/** Maps what went wrong before the connection was ready. What no row knows is a bug and stays as it is. */
export function connectError( error: unknown, detail: { host: string; port: number } ): unknown {
	if ( error instanceof GatewayError || typeof error !== 'object' || error === null ) {
		return error;
	}
	const { level, code } = error as { level?: unknown; code?: unknown };
	const errno = typeof code === 'string' ? code : '';
	const row = rows.find(
		( r ) => ( r.level === undefined || r.level === level ) && ( r.errno === undefined || r.errno.test( errno ) )
	);
	return row === undefined
		? error
		: new GatewayError( row.code, errno === '' ? detail : { ...detail, reason: errno } );
}
