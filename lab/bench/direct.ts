import { makeSiteClient, type SiteClient } from '../../backend/test-fixtures/site-client.ts';
import type { RunningBackend } from '../backend/start.ts';
import type { Ask } from '../wordpress/rest.ts';

/** Pairs a site that has no WordPress: whoever wants to measure the backend alone signs like one. */
export async function pairDirectly( backend: RunningBackend ): Promise< Ask > {
	const client = makeSiteClient( backend.url );
	const { status } = await client.pair( await backend.pairingCode() );
	if ( status !== 200 ) {
		throw new Error( `The backend did not pair: ${ status }` );
	}
	return askThrough( client );
}

interface Options {
	/** Leads a signed request to another address. */
	send?: ( url: string ) => string;
	/** Told each time that a connection broke and the question was asked again. */
	onRetry?: () => void;
}

/** Asks as a paired site. */
export function askThrough( client: SiteClient, { send = ( url ) => url, onRetry }: Options = {} ): Ask {
	let asked = 0;
	return async ( name, request, ids = {} ) => {
		const query = new URLSearchParams( request as Record< string, string > ).toString();
		const call = () =>
			client.call( name, {
				...ids,
				// always somebody else: limits are for one person, who does not ask fifty times a second
				actor: { userId: ++asked },
				body: request,
				query: query && `?${ query }`,
				tamper: ( signed ) => {
					signed.url = send( signed.url );
				},
			} );
		const answer = await call().catch( ( error: unknown ) => {
			// a kept connection was closed just when it was used again: the same click is the same job
			if ( error instanceof TypeError && onRetry !== undefined ) {
				onRetry();
				return call();
			}
			throw error;
		} );
		if ( answer.status >= 400 ) {
			throw new Error( `${ name } was answered with ${ answer.status }: ${ JSON.stringify( answer.body ) }` );
		}
		return answer.body;
	};
}
