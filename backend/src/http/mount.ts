import type { Actor, Endpoint, Permission } from '@email-gateway/shared';
import type { IRouter, Request, RequestHandler } from 'express';
import { z } from 'zod';
import { GatewayError } from '../errors.ts';
import type { App } from '../app.ts';
import type { Supplied } from '../jobs/supplied-connection.ts';
import { noteOwner } from './hand-over.ts';
import { storeNonce } from '../db/nonces.ts';
import { isExpired, siteByKey, type Site } from '../db/sites.ts';
import type { KnownKeys } from './known-keys.ts';
import { answering } from './on-error.ts';
import { jsonOf, targetUriOf } from './request.ts';
import { verifyRequest } from './signature.ts';

/** What a handler knows of a request besides its input. */
export interface Caller {
	site: Site;
	actor: Actor;
	may( permission: Permission ): boolean;
	/** How to reach the server, where another plugin keeps that; told with requests that start a job. */
	connection: Supplied | null;
}
export interface Params {
	/** Post id. */
	serverId: number;
	jobId: string;
}

export const params = z.object( {
	serverId: z
		.string()
		.regex( /^[1-9]\d{0,14}$/ )
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

/**
 * Mounts one endpoint of the contract: who signed, whether they may, what they say; then one handler that takes
 * input and returns data. The answer holds what the contract names and nothing else.
 */
export function mount< In extends z.ZodType, Out extends z.ZodType >(
	{ router, app, keys, now, limits }: Mounting,
	endpoint: Endpoint< In, Out >,
	handler: ( input: z.output< In >, caller: Caller & Params ) => Promise< z.input< Out > >
): void {
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
		const input = endpoint.request.parse( endpoint.method === 'GET' ? request.query : jsonOf( request ), {
			reportInput: true,
		} );
		const output = await handler( input, {
			...caller,
			serverId: path.data.serverId ?? 0,
			jobId: path.data.jobId ?? '',
		} );
		response.status( endpoint.status ).json( answerOf( endpoint.response, output ) );
	} );
}

/** One server has one path: none that is encoded, which somebody on the way might have read as another one. */
function isSpelledOut( pattern: string, { path, params: { serverId, jobId } }: Request ): boolean {
	return path === pattern.replace( ':serverId', String( serverId ) ).replace( ':jobId', String( jobId ) );
}

/** What the contract names of an output. Errors: an Error, since an answer that breaks the contract is our fault, not the caller's. */
export function answerOf< Out extends z.ZodType >( response: Out, output: z.input< Out > ): z.output< Out > {
	const parsed = response.safeParse( output );
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
	return { site: site.row, actor, connection, may: ( permission ) => actor.may.includes( permission ) };
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
