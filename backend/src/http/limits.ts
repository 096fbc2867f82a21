import type { Request, RequestHandler, Response } from 'express';
import { rateLimit } from 'express-rate-limit';
import { GatewayError } from '../errors.ts';
import type { Caller } from './mount.ts';

const refuse: RequestHandler = ( _request, _response, next ) => next( new GatewayError( 'too_many_requests' ) );
const options = { windowMs: 60_000, standardHeaders: 'draft-8', legacyHeaders: false, handler: refuse } as const;

/** Requests a minute of one person at one site: enough for several screens that ask each second. */
export const perActor = (): RequestHandler =>
	rateLimit( {
		...options,
		limit: 600,
		keyGenerator: ( _request: Request, response: Response ) => {
			const { site, actor }: Caller = response.locals.caller;
			return `${ site.id } ${ actor.userId }`;
		},
	} );

/** Attempts a minute at what anyone may call, from one address. */
export const perAddress = ( { limit }: { limit: number } ): RequestHandler => rateLimit( { ...options, limit } );
