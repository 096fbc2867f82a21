import {
	endpoints,
	serverIdPattern,
	type Endpoint,
	type EndpointName,
	type ParsedRequestOf,
	type Permission,
	type ResponseOf,
} from '@email-gateway/shared';
import type { IRouter, Request, RequestHandler } from 'express';
import { z } from 'zod';
import type { App } from '../app.ts';
import { noteOwner } from '../db/hand-over.ts';
import { storeNonce } from '../db/nonces.ts';
import { isExpired, siteByKey } from '../db/sites.ts';
import { GatewayError } from '../errors.ts';
import type { Caller } from '../servers/caller.ts';
import type { View } from '../views/view.ts';
import type { Call } from './call.ts';
import type { KnownKeys } from './known-keys.ts';
import { answering } from './on-error.ts';
import { jsonOf, targetUriOf } from './request.ts';
import { verifyRequest } from './signature.ts';

export const params = z.object( {
	serverId: z
		.string()
		.regex( new RegExp( `^${ serverIdPattern }$` ) )
		.transform( Number )
		.optional(),
	jobId: z.uuid().optional(),
} );

export interface Mounting {
	router: IRouter;
	app: App;
	keys: KnownKeys;
	/** Milliseconds since the epoch. */
	now: () => number;
	/** For whoever was recognised. */
	limits: RequestHandler[];
}

type AnyEndpoint = Endpoint< z.ZodType, z.ZodType >;
/** Any call: what it is asked and where were parsed by the schemas of the endpoint of its name. */
type AnyCall = ( app: App, input: unknown, caller: Caller & z.output< typeof params > ) => Promise< View< unknown > >;

/**
 * Mounts one endpoint of the contract: who signed, whether they may, what they say; then one call that takes input and
 * returns a view. The answer holds what the contract names and nothing else.
 */
export function mount< Name extends EndpointName >(
	{ router, app, keys, now, limits }: Mounting,
	name: Name,
	call: Call< Name >
): void {
	const endpoint: AnyEndpoint = endpoints[ name ];
	const method = endpoint.method.toLowerCase() as 'get' | 'post' | 'put' | 'delete';
	const authenticate: RequestHandler = async ( request, response, next ) => {
		response.locals.caller = await callerOf( { app, keys, now }, request );
		next();
	};
	router[ method ]( endpoint.path, answering( endpoint ), authenticate, ...limits, async ( request, response ) => {
		const caller: Caller = response.locals.caller;
		refuse( caller, endpoint );
		const path = params.safeParse( request.params );
		if ( ! path.success || ! isSpelledOut( endpoint.path, request ) ) {
			throw new GatewayError( 'not_found' );
		}
		if ( path.data.serverId !== undefined && caller.actor.owner !== undefined ) {
			const ref = { siteId: caller.site.id, serverId: path.data.serverId };
			await noteOwner( app, ref, caller.actor.owner, caller );
		}
		const input = inputOf( endpoint, request );
		const view = await ( call as unknown as AnyCall )( app, input, { ...caller, ...path.data } );
		response.status( endpoint.status ).json( answerOf( endpoint.response, view ) );
	} );
}

/** Mounts the call that nobody signed: a one-time code in what it says lets in. */
export function mountPairing(
	{ router, app, now }: Pick< Mounting, 'router' | 'app' | 'now' >,
	call: (
		app: App,
		asked: ParsedRequestOf< 'pairSite' >,
		now: number
	) => Promise< View< ResponseOf< 'pairSite' > > >,
	limit: RequestHandler
): void {
	const endpoint = endpoints.pairSite;
	router.post( endpoint.path, answering( endpoint ), limit, async ( request, response ) => {
		const asked = endpoint.request.parse( jsonOf( request ), { reportInput: true } );
		response.json( answerOf( endpoint.response, await call( app, asked, now() ) ) );
	} );
}

const inputOf = ( { method, request: schema }: AnyEndpoint, request: Request ): unknown =>
	schema.parse( method === 'GET' ? request.query : jsonOf( request ), { reportInput: true } );

/** One server has one path: none that is encoded, which somebody on the way might have read as another one. */
function isSpelledOut( pattern: string, { path, params: { serverId, jobId } }: Request ): boolean {
	return path === pattern.replace( ':serverId', String( serverId ) ).replace( ':jobId', String( jobId ) );
}

/** What the contract names of a view. Errors: an Error, since an answer that breaks the contract is our fault, not the caller's. */
export function answerOf< Out extends z.ZodType >( response: Out, view: View< z.input< Out > > ): z.output< Out > {
	const parsed = response.safeParse( view.body );
	if ( ! parsed.success ) {
		const where = parsed.error.issues.map( ( { path } ) => path.join( '.' ) ).join( ', ' );
		throw new Error( `an answer breaks the contract: ${ where }` );
	}
	return parsed.data;
}

async function callerOf(
	{ app: { db, vault, audience }, keys, now }: Pick< Mounting, 'app' | 'keys' | 'now' >,
	request: Request
): Promise< Caller > {
	const { site, actor, connection } = await verifyRequest(
		{
			method: request.method,
			targetUri: targetUriOf( request, audience ),
			headers: request.headers,
			body: request.body ?? Buffer.alloc( 0 ),
		},
		{
			now: now(),
			findKey: keys.find,
			findSite: async ( keyId ) => {
				const row = await siteByKey( db, vault, keyId );
				return row ? { row, revoked: row.revokedAt !== null, expired: isExpired( row, now() ) } : null;
			},
			storeNonce: ( keyId, nonce ) => storeNonce( db, keyId, nonce ),
		}
	);
	return {
		...{ site: site.row, actor, connection, now: now() },
		may: ( permission ) => actor.may.includes( permission ),
	};
}

/** Errors: site_moved, for a copied database that speaks with the pairing of another site; forbidden. */
function refuse( { site, actor, may }: Caller, { access, whenMoved }: Endpoint< z.ZodType, z.ZodType > ): void {
	if ( ! whenMoved && actor.siteUrl !== site.url ) {
		throw new GatewayError( 'site_moved', { pairedAs: site.url, askedAs: actor.siteUrl } );
	}
	if ( ! may( access as Permission ) ) {
		throw new GatewayError( 'forbidden', { reason: 'permission' } );
	}
}
