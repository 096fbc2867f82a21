import type { Request, RequestHandler, Response } from 'express';
import { rateLimit } from 'express-rate-limit';
import { GatewayError } from '../errors.ts';
import type { Caller } from '../servers/caller.ts';

const refuse: RequestHandler = ( _request, _response, next ) => next( new GatewayError( 'too_many_requests' ) );
const options = { windowMs: 60_000, standardHeaders: 'draft-8', legacyHeaders: false, handler: refuse } as const;

// There is no limit by address for signed requests: a flood of forged ones would shut out the site that lives at the
// same address or behind the same proxy. A forged one is refused without asking the database instead (known-keys.ts).

const callerOf = ( response: Response ): Caller => response.locals.caller;

/** Requests a minute of one person at one site: enough for several screens that ask each second. */
export const perActor = (): RequestHandler =>
	rateLimit( {
		...options,
		limit: 600,
		keyGenerator: ( _request: Request, response: Response ) =>
			`${ callerOf( response ).site.id } ${ callerOf( response ).actor.userId }`,
	} );

/** Requests a minute of one site, whoever it says is asking: it names its people itself. */
export const perSite = (): RequestHandler =>
	rateLimit( {
		...options,
		limit: 6000,
		keyGenerator: ( _request: Request, response: Response ) => callerOf( response ).site.id,
	} );

/** Attempts a minute at what anyone may call, from one address. */
export const perAddress = ( { limit }: { limit: number } ): RequestHandler => rateLimit( { ...options, limit } );
