import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { TryEnd } from '../db/alert-deliveries.ts';
import { isFailure } from '../errors.ts';
import { resolveServer } from '../ssh/address.ts';
import { untilAborted } from '../ssh/until-aborted.ts';

/** For everything: the name, the connection and the answer. */
export const timeoutMs = 10_000;

export interface SendOptions {
	allowedPrivateRanges: readonly string[];
	/** Milliseconds since the epoch. */
	now?: number;
	/** Tests: where their receiver listens, and who signed its certificate. */
	receiver?: { address: string; port: number; ca: string };
}

/** What is posted to a receiver. */
export interface Posting {
	/** https, on the usual port. */
	url: string;
	body: string;
	headers?: Record< string, string >;
	/** Statuses after which another try would end the same: the receiver says that there is no such place, or no right to it. */
	finalStatuses?: readonly number[];
}

/** Of services with addresses of their own, where one that is gone stays gone. */
export const gone = [ 400, 401, 403, 404, 410 ] as const;

/**
 * Posts once. The address is resolved once, and the address that was judged is the one connected to; redirects are not
 * followed, and the answer's body is never read.
 */
export async function post( posting: Posting, { allowedPrivateRanges, receiver }: SendOptions ): Promise< TryEnd > {
	const url = new URL( posting.url );
	const host = url.hostname.replace( /^\[|\]$/g, '' );
	const signal = AbortSignal.timeout( timeoutMs );
	try {
		const address = receiver?.address ?? ( await addressOf( host, allowedPrivateRanges, signal ) );
		const to = { host, address, port: receiver?.port ?? 443, path: url.pathname + url.search, ca: receiver?.ca };
		const { status, retryAfterS } = await request( posting, { ...to, signal } );
		return status >= 200 && status < 300
			? { answer: null }
			: {
					...{ answer: `HTTP ${ status }`, retryAfterS },
					isFinal: posting.finalStatuses?.includes( status ) ?? false,
			  };
	} catch ( error ) {
		return failedEnd( error );
	}
}

/** The address to connect to for a host that somebody typed. Errors: server_name_not_found, server_address_refused. */
export async function addressOf(
	host: string,
	allowedPrivateRanges: readonly string[],
	signal: AbortSignal
): Promise< string > {
	const reach = { mayReachLocalAddresses: false, allowedPrivateRanges };
	return ( await untilAborted( resolveServer( host, reach ), signal ) )[ 0 ] ?? '';
}

interface To {
	host: string;
	address: string;
	port: number;
	path: string;
	ca: string | undefined;
	signal: AbortSignal;
}

function request(
	{ body, headers }: Posting,
	{ host, address, port, path, ca, signal }: To
): Promise< { status: number; retryAfterS: number | null } > {
	const { promise, resolve, reject } = Promise.withResolvers< { status: number; retryAfterS: number | null } >();
	const family = isIP( address );
	const lookup: LookupFunction = ( _host, { all }, done ) =>
		all ? done( null, [ { address, family } ] ) : done( null, address, family );
	const asking = httpsRequest(
		{
			...{ method: 'POST', host, port, path, lookup, agent: false, ca, signal },
			headers: {
				'content-type': 'application/json',
				...headers,
				'content-length': Buffer.byteLength( body ),
				'user-agent': 'email-gateway',
			},
		},
		( response ) => {
			resolve( {
				status: response.statusCode ?? 0,
				retryAfterS: secondsOf( response.headers[ 'retry-after' ], Date.now() ),
			} );
			// nothing of an answer is ours to keep
			response.destroy();
		}
	);
	asking.on( 'error', reject ).end( body );
	return promise;
}

/** `Retry-After` of RFC 9110: seconds, also with a fraction as Discord has them, or a date. */
export function secondsOf( header: string | undefined, nowMs: number ): number | null {
	if ( header === undefined ) {
		return null;
	}
	const seconds = /^\d+(\.\d+)?$/.test( header ) ? Number( header ) : ( Date.parse( header ) - nowMs ) / 1000;
	return Number.isFinite( seconds ) ? Math.max( 0, Math.ceil( seconds ) ) : null;
}

/** What may not be reached may not be a few minutes later, either; anything else may pass. */
export const failedEnd = ( error: unknown ): TryEnd => ( {
	answer: reasonOf( error ),
	...( isFailure( error, 'server_address_refused' ) ? { isFinal: true } : {} ),
} );

/** Codes of Node and OpenSSL say enough, and hold nothing of the receiver's own words. */
function reasonOf( error: unknown ): string {
	if ( isFailure( error ) ) {
		return error.code;
	}
	const { code, name } = error as NodeJS.ErrnoException;
	return name === 'TimeoutError' || code === 'ABORT_ERR' ? 'ETIMEDOUT' : code ?? 'failed';
}
