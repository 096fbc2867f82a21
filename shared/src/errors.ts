import { z } from 'zod';
import { errorsAtTheDoor } from './errors-at-the-door.ts';
import { errorsAtTheProvider } from './errors-at-the-provider.ts';
import { errorsAtTheServer } from './errors-at-the-server.ts';
import { errorsOfChanges } from './errors-of-changes.ts';

/**
 * Every expected failure, with its HTTP status and its detail. Job failures use the same codes; their status matters
 * only where a request can meet them. Anything else is a bug and is reported as `internal_error`.
 */
export const errors = { ...errorsAtTheDoor, ...errorsAtTheServer, ...errorsAtTheProvider, ...errorsOfChanges };
export type ErrorCode = keyof typeof errors;
export type DetailOf< Code extends ErrorCode > = z.output< ( typeof errors )[ Code ][ 'detail' ] >;
export const errorCodes = Object.keys( errors ) as [ ErrorCode, ...ErrorCode[] ];
export const errorCode = z.enum( errorCodes );

/** A code with exactly its details. */
export type Failure< Code extends ErrorCode = ErrorCode > = {
	[ One in Code ]: { code: One; detail: DetailOf< One > };
}[ Code ];

/** The detail of a code, read from anything: what the code does not name is dropped. */
export function detailOf< Code extends ErrorCode >( code: Code, told: Readonly< Record< string, unknown > > ) {
	return errors[ code ].detail.parse( told ) as DetailOf< Code >;
}

/** Each of some failures, and `shape` beside its code and detail. */
function oneFailure< Code extends ErrorCode, Shape extends z.ZodRawShape >( codes: readonly Code[], shape: Shape ) {
	type One = Failure< Code > & { [ Name in keyof Shape ]: z.output< Shape[ Name ] > };
	const options = codes.map( ( code ) =>
		z.object( { ...shape, code: z.literal( code ), detail: errors[ code ].detail } )
	);
	const [ first, ...rest ] = options;
	return z.discriminatedUnion( 'code', [ first as ( typeof options )[ number ], ...rest ] ) as unknown as z.ZodType<
		One,
		One
	>;
}

/** nothing: never touched · undone: given back as it was · unknown: look at it (undo_incomplete, connection_lost). */
export const changed = z.enum( [ 'nothing', 'undone', 'unknown' ] );

/** How a failed job is reported. `changed` says what it means for the server. */
export const jobError = oneFailure( errorCodes, { changed } ).meta( { id: 'JobError' } );
export type JobError = z.infer< typeof jobError >;

export const providerFailure = oneFailure(
	Object.keys( errorsAtTheProvider ) as ( keyof typeof errorsAtTheProvider )[],
	{}
);
export type ProviderFailure = z.infer< typeof providerFailure >;

/** The body of every refused request: the shape that api-fetch and WP_Error share. */
export const errorBody = z.object( {
	code: errorCode,
	message: z.string(),
	data: z.object( {
		status: z.number(),
		/** That of the code: see `errors`. */
		detail: z.record( z.string(), z.unknown() ).optional(),
		/** For invalid_request: path of the field (`settings.userName`) and the code of its problem (fields.ts). */
		fields: z.array( z.object( { path: z.string(), problem: z.string() } ) ).optional(),
		/** For signature_too_old: the backend's clock, seconds since the epoch. */
		now: z.number().optional(),
	} ),
} );
export type ErrorBody = z.infer< typeof errorBody >;
