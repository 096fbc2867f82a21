import { request as httpRequest } from 'node:http';

export interface Answer< Body > {
	status: number;
	body: Body;
}

/** As PHP does: a connection that is kept could be ended by the server just as it is used again. */
export async function send< Body >(
	url: string,
	method: string,
	headers: Record< string, string >,
	body: string
): Promise< Answer< Body > > {
	const once = { ...headers, connection: 'close' };
	const response = await fetch( url, { method, headers: once, body: method === 'GET' ? undefined : body } );
	return { status: response.status, body: ( await response.json() ) as Body };
}

/** Target and body as they are: fetch would tidy the path up. */
export function sendAsIs(
	audience: string,
	{
		method,
		target,
		headers,
		body,
	}: Record< 'method' | 'target' | 'body', string > & { headers: Record< string, string > }
): Promise< { status: number; text: string } > {
	const { hostname, port } = new URL( audience );
	const { promise, resolve, reject } = Promise.withResolvers< { status: number; text: string } >();
	const length = { 'content-length': String( Buffer.byteLength( body ) ) };
	// no agent: a connection of its own, as for `send`
	const one = { hostname, port, method, path: target, headers: { ...headers, ...length }, agent: false };
	httpRequest( one, ( response ) => {
		let text = '';
		response
			.setEncoding( 'utf8' )
			.on( 'data', ( part: string ) => ( text += part ) )
			.on( 'end', () => resolve( { status: response.statusCode ?? 0, text } ) )
			.on( 'error', reject );
	} )
		.on( 'error', reject )
		.end( body );
	return promise;
}
