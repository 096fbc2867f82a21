import type { EndpointName, RequestOf, ResponseOf } from '@email-gateway/shared';
import { askRest } from './rest.ts';
import { routes } from './routes.ts';

export type RouteName = keyof typeof routes & EndpointName;

export interface CallInput< Name extends RouteName > {
	serverId?: number;
	jobId?: string;
	/** Not for GET. */
	body?: RequestOf< Name >;
	/** For GET only. */
	query?: Record< string, string | number >;
	signal?: AbortSignal;
}

/** The address of a route below the namespace, its parameters filled in. */
export function pathOf( path: string, ids: { serverId?: number; jobId?: string } ): string {
	return path.replace( /:(serverId|jobId)/g, ( _match, name: 'serverId' | 'jobId' ) => {
		const id = ids[ name ];
		if ( id === undefined ) {
			throw new TypeError( `${ path } needs ${ name }` );
		}
		return encodeURIComponent( id );
	} );
}

/** Calls an endpoint of the contract by its name, through PHP. Throws CallFailed. */
export function call< Name extends RouteName >(
	name: Name,
	input: CallInput< Name > = {}
): Promise< ResponseOf< Name > > {
	const { method, path } = routes[ name ];
	const { body, query, signal } = input;
	const bodyIfAny = method === 'GET' ? {} : { body: body ?? {} };
	return askRest( { path: pathOf( path, input ), method, ...bodyIfAny, query, signal } );
}
