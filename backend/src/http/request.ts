import { maxBodyBytes } from '@email-gateway/shared';
import express, { type Request, type RequestHandler } from 'express';
import { GatewayError } from '../errors.ts';

/** Keeps the body as the bytes that were signed; nothing parses them before the signature was checked. */
export const rawBody: RequestHandler = express.raw( { type: () => true, limit: maxBodyBytes, inflate: false } );

/** What the request was signed for: the audience given at pairing and the path below it, never the Host header. */
export function targetUriOf( request: Request, audience: string ): string {
	return audience + request.originalUrl;
}

/** The body as JSON; an empty one is an empty object. Errors: invalid_request. */
export function jsonOf( request: Request ): unknown {
	const text = Buffer.isBuffer( request.body ) ? request.body.toString( 'utf8' ) : '';
	try {
		return text === '' ? {} : JSON.parse( text );
	} catch {
		throw new GatewayError( 'invalid_request' );
	}
}
