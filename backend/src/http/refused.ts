import { errorBody, errors, type ErrorCode } from '@email-gateway/shared';
import { z } from 'zod';
import type { ZodOpenApiResponsesObject } from 'zod-openapi';

const { fields, now } = errorBody.shape.data.shape;
/** What two codes tell beside their detail: see errorBodyOf. */
const besides: Partial< Record< ErrorCode, z.ZodRawShape > > = {
	invalid_request: { fields },
	signature_too_old: { now: now.unwrap() },
};

/** The answers to what is refused, by status, each with the codes that it may have. */
export function refusals( codes: readonly ErrorCode[] ): ZodOpenApiResponsesObject {
	const byStatus = Object.groupBy( codes, ( code ) => errors[ code ].status );
	const responses = Object.entries( byStatus ).map( ( [ status, its = [] ] ) => [
		status,
		{
			description: `Refused: ${ its.map( ( code ) => `\`${ code }\`` ).join( ', ' ) }`,
			content: { 'application/json': { schema: oneOf( its.map( ( code ) => bodyOf( code ) ) ) } },
		},
	] );
	return Object.fromEntries( responses );
}

type Body = ReturnType< typeof makeBody >;
const bodies = new Map< ErrorCode, Body >();
/** One schema for each code, so that the page names it once. */
function bodyOf( code: ErrorCode ): Body {
	const body = bodies.get( code ) ?? makeBody( code );
	bodies.set( code, body );
	return body;
}

function makeBody( code: ErrorCode ) {
	const { status, detail } = errors[ code ];
	const told = besides[ code ] ?? ( Object.keys( detail.shape ).length > 0 ? { detail: detail.optional() } : {} );
	return z
		.object( {
			code: z.literal( code ),
			message: z.string(),
			data: z.object( { status: z.literal( status ), ...told } ),
		} )
		.meta( { id: `refused_${ code }` } );
}

const oneOf = ( [ first, ...others ]: Body[] ): z.ZodType =>
	others.length > 0 ? z.union( [ first as Body, ...others ] ) : ( first as Body );
