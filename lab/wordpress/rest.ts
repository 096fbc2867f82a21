import { endpoints, type EndpointName, type RequestOf, type ResponseOf } from '../../shared/src/index.ts';
import type { WpCli } from './wp-cli.ts';

export type Ask = < Name extends EndpointName >(
	name: Name,
	request: RequestOf< Name >,
	ids?: { serverId?: number; jobId?: string }
) => Promise< ResponseOf< Name > >;

/** Signs in to the plugin's own REST routes as the user, for the length of the work, with an application password. */
export async function withRest< Result >(
	options: { url: string; wp: WpCli; user: string },
	work: ( ask: Ask ) => Promise< Result >
): Promise< Result > {
	const { url, wp, user } = options;
	const name = `lab-${ process.pid }-${ Date.now() }`;
	const password = ( await wp( [ 'user', 'application-password', 'create', user, name, '--porcelain' ] ) ).trim();
	const authorization = `Basic ${ Buffer.from( `${ user }:${ password }` ).toString( 'base64' ) }`;
	try {
		return await work( ( endpoint, request, ids ) =>
			ask( { url, authorization, endpoint, request, ids: ids ?? {} } )
		);
	} finally {
		const uuids = await wp( [ 'user', 'application-password', 'list', user, `--name=${ name }`, '--field=uuid' ] );
		await wp( [ 'user', 'application-password', 'delete', user, uuids.trim() ] );
	}
}

async function ask< Name extends EndpointName >( call: {
	url: string;
	authorization: string;
	endpoint: Name;
	request: RequestOf< Name >;
	ids: { serverId?: number; jobId?: string };
} ): Promise< ResponseOf< Name > > {
	const { method, path } = endpoints[ call.endpoint ];
	const filled = path.replace( ':serverId', `${ call.ids.serverId }` ).replace( ':jobId', call.ids.jobId ?? '' );
	const query = method === 'GET' ? `?${ new URLSearchParams( call.request as Record< string, string > ) }` : '';
	const response = await fetch( `${ call.url }/wp-json/email-gateway/v1${ filled }${ query }`, {
		method,
		headers: { authorization: call.authorization, 'content-type': 'application/json' },
		...( method === 'GET' ? {} : { body: JSON.stringify( call.request ) } ),
		signal: AbortSignal.timeout( 20_000 ),
	} );
	const text = await response.text();
	if ( ! response.ok ) {
		throw new Error( `${ method } ${ filled } was answered with ${ response.status }: ${ text.slice( 0, 500 ) }` );
	}
	return JSON.parse( text ) as ResponseOf< Name >;
}
