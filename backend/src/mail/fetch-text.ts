import { isIP } from 'node:net';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { mayReach, type Reach } from '../ssh/address.ts';

const maxBytes = 131_072;
const timeoutMs = 5_000;
const mostRedirects = 2;

export interface FetchOptions {
	/** All addresses of a host name. */
	resolve( host: string ): Promise< string[] >;
	reach: Reach;
	signal: AbortSignal;
	/** Tests: where their server is, and who vouches for it. */
	https?: { port: number; ca: string };
}

/**
 * A small text over verified https, or null where there is none: another status, too long, too slow. Every address is
 * judged where it is connected to, again after each redirect: a name may point elsewhere by then.
 */
export async function fetchText( url: string, options: FetchOptions ): Promise< string | null > {
	let next: string | null = url;
	for ( let hop = 0; next !== null && hop <= mostRedirects; hop++ ) {
		const answer: Answer | null = await ask( next, options ).catch( () => null );
		options.signal.throwIfAborted();
		if ( answer?.text !== undefined ) {
			return answer.text;
		}
		next = answer?.location ? URL.parse( answer.location, next )?.href ?? null : null;
	}
	return null;
}

interface Answer {
	text?: string;
	location?: string;
}

async function ask( url: string, { resolve, reach, signal, https }: FetchOptions ): Promise< Answer | null > {
	const { protocol, hostname, port, pathname, search } = new URL( url );
	const host = hostname.replace( /^\[|\]$/g, '' );
	if ( protocol !== 'https:' || port !== '' ) {
		return null;
	}
	const addresses = isIP( host ) ? [ host ] : await resolve( host );
	const [ address ] = addresses;
	if ( ! address || addresses.some( ( one ) => ! mayReach( one, reach ) ) ) {
		return null;
	}
	const { promise, resolve: settle, reject } = Promise.withResolvers< Answer | null >();
	const limit = AbortSignal.any( [ signal, AbortSignal.timeout( timeoutMs ) ] );
	// the literal that was judged is the one that is connected to
	const lookup: LookupFunction = ( _host, { all }, done ) =>
		all ? done( null, [ { address, family: isIP( address ) } ] ) : done( null, address, isIP( address ) );
	const asking = httpsRequest(
		{ host, port: https?.port ?? 443, path: pathname + search, lookup, agent: false, signal: limit, ca: https?.ca },
		( response ) => {
			const { statusCode = 0, headers } = response;
			if ( statusCode >= 300 && statusCode < 400 && headers.location ) {
				settle( { location: headers.location } );
				return asking.destroy();
			}
			if ( statusCode !== 200 ) {
				settle( null );
				return asking.destroy();
			}
			let text = '';
			response.setEncoding( 'utf8' );
			response.on( 'data', ( part: string ) => {
				text += part;
				if ( text.length > maxBytes ) {
					settle( null );
					asking.destroy();
				}
			} );
			response.on( 'end', () => settle( { text } ) ).on( 'error', reject );
		}
	);
	asking.on( 'error', reject ).end();
	return promise;
}
