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

/** Asks as a paired site; `send` may lead a signed request to another address. */
export function askThrough( client: SiteClient, send: ( url: string ) => string = ( url ) => url ): Ask {
	let asked = 0;
	return async ( name, request, ids = {} ) => {
		const query = new URLSearchParams( request as Record< string, string > ).toString();
		const answer = await client.call( name, {
			...ids,
			// always somebody else: limits are for one person, who does not ask fifty times a second
			actor: { userId: ++asked },
			body: request,
			query: query && `?${ query }`,
			tamper: ( signed ) => {
				signed.url = send( signed.url );
			},
		} );
		if ( answer.status >= 400 ) {
			throw new Error( `${ name } was answered with ${ answer.status }: ${ JSON.stringify( answer.body ) }` );
		}
		return answer.body;
	};
}
