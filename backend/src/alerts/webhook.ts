import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { AlertMessage } from '@email-gateway/shared';
import { isFailure } from '../errors.ts';
import { resolveServer } from '../ssh/address.ts';
import { untilAborted } from '../ssh/until-aborted.ts';
import type { Secret } from '../vault/secret.ts';
import { signatureHeaders } from './signing.ts';

/** For everything: the name, the connection and the answer. */
const timeoutMs = 10_000;

export interface Webhook {
	/** https, on the usual port. */
	url: Secret;
	/** Signs each message. */
	signingSecret: Secret;
}

export interface SendOptions {
	allowedPrivateRanges: readonly string[];
	/** Milliseconds since the epoch. */
	now?: number;
	/** Tests: where their receiver listens, and who signed its certificate. */
	receiver?: { address: string; port: number; ca: string };
}

/**
 * Posts one alert; `id` is the same at each try. Its address is resolved once, and the address that was judged is the one connected to; redirects
 * are not followed, and the answer's body is never read.
 *
 * @return null where it was taken (2xx), else what happened in a few words, fit to be shown
 */
export async function sendToWebhook(
	{ url, signingSecret }: Webhook,
	{ id, message }: { id: string; message: AlertMessage },
	{ allowedPrivateRanges, now = Date.now(), receiver }: SendOptions
): Promise< string | null > {
	const { hostname, pathname, search } = new URL( url.reveal() );
	const host = hostname.replace( /^\[|\]$/g, '' );
	const signal = AbortSignal.timeout( timeoutMs );
	try {
		const reach = { mayReachLocalAddresses: false, allowedPrivateRanges };
		const address = receiver?.address ?? ( await untilAborted( resolveServer( host, reach ), signal ) )[ 0 ] ?? '';
		const body = JSON.stringify( message );
		const status = await post( {
			host,
			address,
			path: pathname + search,
			port: receiver?.port ?? 443,
			ca: receiver?.ca,
			body,
			signal,
			headers: signatureHeaders( signingSecret, { id, body, seconds: Math.floor( now / 1000 ) } ),
		} );
		return status >= 200 && status < 300 ? null : `HTTP ${ status }`;
	} catch ( error ) {
		return reasonOf( error );
	}
}

interface Posting {
	host: string;
	address: string;
	port: number;
	path: string;
	ca: string | undefined;
	body: string;
	signal: AbortSignal;
	headers: Record< string, string >;
}

function post( { host, address, port, path, ca, body, signal, headers }: Posting ): Promise< number > {
	const { promise, resolve, reject } = Promise.withResolvers< number >();
	const family = isIP( address );
	const lookup: LookupFunction = ( _host, { all }, done ) =>
		all ? done( null, [ { address, family } ] ) : done( null, address, family );
	const asking = httpsRequest(
		{
			method: 'POST',
			host,
			port,
			path,
			lookup,
			agent: false,
			ca,
			signal,
			headers: {
				...headers,
				'content-type': 'application/json',
				'content-length': Buffer.byteLength( body ),
				'user-agent': 'email-gateway',
			},
		},
		( response ) => {
			resolve( response.statusCode ?? 0 );
			// nothing of an answer is ours to keep
			response.destroy();
		}
	);
	asking.on( 'error', reject ).end( body );
	return promise;
}

/** Codes of Node and OpenSSL say enough, and hold nothing of the receiver's own words. */
function reasonOf( error: unknown ): string {
	if ( isFailure( error ) ) {
		return error.code;
	}
	const { code, name } = error as NodeJS.ErrnoException;
	return name === 'TimeoutError' || code === 'ABORT_ERR' ? 'ETIMEDOUT' : code ?? 'failed';
}
