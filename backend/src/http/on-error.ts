import { errors, errorsOf, fieldProblems, type Endpoint, type ErrorBody, type ErrorCode } from '@email-gateway/shared';
import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import { ZodError, type z } from 'zod';
import type { Database } from '../db/database.ts';
import { GatewayError, isFailure } from '../errors.ts';
import type { Logger } from '../logger.ts';

const problems: ReadonlySet< string > = new Set( fieldProblems );

/** The log line of an answer that its call does not list. A backend that a test started does not stop without telling it. */
export const unlistedCode = 'a code that the contract does not list';

/** From here on a request is answered with codes that its endpoint lists. */
export function answering( endpoint: Endpoint< z.ZodType, z.ZodType > ): RequestHandler {
	const listed = errorsOf( endpoint );
	return ( _request, response, next ) => {
		response.locals.listed = listed;
		next();
	};
}

/** Whether the contract says that this call may be refused so; also true of what no call of the contract answers. */
function isListed( { locals }: Response, code: ErrorCode ): boolean {
	const listed: readonly ErrorCode[] | undefined = locals.listed;
	return listed?.includes( code ) ?? true;
}

/** The one place where what was thrown becomes an answer. What was not expected is a bug: logged, and told as internal_error. */
export function onError( {
	log,
	database,
}: {
	log: Logger;
	database?: Pick< Database, 'outage' >;
} ): ErrorRequestHandler {
	return ( error, request, response, next ) => {
		if ( response.headersSent ) {
			return next( error );
		}
		const body = errorBodyOf( error );
		const isBug = body.code === 'internal_error' || body.code === 'audit_not_written';
		if ( isBug && ! database?.outage.noticed( error.cause ?? error ) ) {
			log.error( { err: error.cause ?? error, method: request.method, path: request.path }, 'unexpected error' );
		}
		if ( ! isListed( response, body.code ) ) {
			log.error( { code: body.code, method: request.method, path: request.path }, unlistedCode );
		}
		response.status( body.data.status ).json( body );
	};
}

/** The body for anything thrown by a handler or by express itself. */
export function errorBodyOf( error: unknown ): ErrorBody {
	if ( error instanceof ZodError ) {
		return { ...plain( 'invalid_request' ), data: { status: 422, fields: error.issues.flatMap( fieldsOf ) } };
	}
	if ( isFailure( error ) ) {
		const { now, ...detail } = error.detail as { now?: number };
		const body = plain( error.code );
		return {
			...body,
			data: {
				...body.data,
				...( Object.keys( detail ).length ? { detail } : {} ),
				...( typeof now === 'number' ? { now } : {} ),
			},
		};
	}
	const { type } = ( error ?? {} ) as { type?: string };
	if ( type === 'entity.too.large' ) {
		return plain( 'body_too_large' );
	}
	// a body or path that express could not read
	return plain( isClientFault( error ) ? 'invalid_request' : 'internal_error' );
}

const isClientFault = ( error: unknown ) => {
	const { status } = ( error ?? {} ) as { status?: unknown };
	return typeof status === 'number' && status >= 400 && status < 500;
};

function plain( code: ErrorCode ): ErrorBody {
	return { code, message: code, data: { status: errors[ code ].status } };
}

/** Path and problem of an issue; an unknown field is named itself. */
function fieldsOf( issue: z.core.$ZodIssue ): { path: string; problem: string }[] {
	if ( issue.code === 'unrecognized_keys' ) {
		return issue.keys.map( ( key ) => ( { path: [ ...issue.path, key ].join( '.' ), problem: 'unknown_field' } ) );
	}
	const isMissing = issue.code === 'invalid_type' && issue.input === undefined;
	const problem = problems.has( issue.message ) ? issue.message : isMissing ? 'required' : 'invalid';
	return [ { path: issue.path.join( '.' ), problem } ];
}

export const notFound: RequestHandler = () => {
	throw new GatewayError( 'not_found' );
};
