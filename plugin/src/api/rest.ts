import apiFetch from '@wordpress/api-fetch';
import { CallFailed, problemFrom } from './problem.ts';

/** PHP answers within 10 s by itself; after this its own server is what does not answer. */
const timeoutMs = 15_000;

export interface RestRequest {
	path: string;
	method: string;
	body?: unknown;
	query?: Record< string, string | number >;
	signal?: AbortSignal;
}

/**
 * One request to our REST namespace; the answer's JSON. Throws CallFailed with a Problem, whatever went wrong, or
 * the signal's reason when it was aborted.
 */
export async function askRest< Answer >( { path, method, body, query, signal }: RestRequest ): Promise< Answer > {
	const search = new URLSearchParams(
		Object.entries( query ?? {} ).map( ( [ key, value ] ) => [ key, `${ value }` ] )
	);
	const timeout = new AbortController();
	const timer = setTimeout( () => timeout.abort(), timeoutMs );
	const stop = () => timeout.abort();
	signal?.addEventListener( 'abort', stop );
	try {
		return await apiFetch< Answer >( {
			path: `/email-gateway/v1${ path }${ search.toString() && `?${ search }` }`,
			method,
			data: body,
			signal: timeout.signal,
		} );
	} catch ( thrown ) {
		signal?.throwIfAborted();
		throw new CallFailed( problemFrom( timeout.signal.aborted ? { name: 'TimeoutError' } : thrown ) );
	} finally {
		clearTimeout( timer );
		signal?.removeEventListener( 'abort', stop );
	}
}
