import { actorHeader, endpoints, errorsOf, type Endpoint } from '@email-gateway/shared';
import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import type { App } from '../app.ts';
import { version } from '../version.ts';
import { refusals } from './refused.ts';

export type OpenApi = ReturnType< typeof createDocument >;

/** OpenAPI 3.1 of the whole contract, printed from the same objects that are mounted. */
export function openApi( { audience }: Pick< App, 'audience' > ): OpenApi {
	const paths: ZodOpenApiPathsObject = {};
	for ( const [ name, endpoint ] of Object.entries( endpoints ) ) {
		const path = `/v1${ endpoint.path.replace( /:(\w+)/g, '{$1}' ) }`;
		paths[ path ] = { ...paths[ path ], [ endpoint.method.toLowerCase() ]: operation( name, endpoint ) };
	}
	return createDocument( {
		openapi: '3.1.0',
		info: {
			title: 'Email Gateway',
			version,
			description:
				'Installs a mail relay on a server over SSH and proves that mail works. Requests are signed (RFC 9421, Ed25519).',
		},
		servers: [ { url: audience } ],
		paths,
		components: {
			securitySchemes: {
				signature: {
					type: 'apiKey',
					in: 'header',
					name: 'Signature',
					description: `HTTP message signature over @method, @target-uri, content-digest and ${ actorHeader }.`,
				},
			},
		},
	} );
}

function operation( name: string, endpoint: Endpoint< z.ZodType, z.ZodType > ): ZodOpenApiOperationObject {
	const json = ( schema: z.ZodType ) => ( { 'application/json': { schema } } );
	const isGet = endpoint.method === 'GET';
	return {
		operationId: name,
		summary: endpoint.summary,
		description: endpoint.access === 'public' ? 'Unsigned.' : `Needs the permission \`${ endpoint.access }\`.`,
		security: endpoint.access === 'public' ? [] : [ { signature: [] } ],
		requestParams: {
			path: z.object( pathParameters( endpoint.path ) ),
			...( isGet ? { query: endpoint.request as z.ZodObject } : {} ),
		},
		...( isGet ? {} : { requestBody: { content: json( endpoint.request ) } } ),
		responses: {
			[ endpoint.status ]: { description: 'Done', content: json( endpoint.response ) },
			...refusals( errorsOf( endpoint ) ),
		},
	};
}

function pathParameters( path: string ): Record< string, z.ZodType > {
	const names = [ ...path.matchAll( /:(\w+)/g ) ].map( ( [ , parameter = '' ] ) => parameter );
	return Object.fromEntries(
		names.map( ( parameter ) => [ parameter, parameter === 'jobId' ? z.uuid() : z.int().min( 1 ) ] )
	);
}
