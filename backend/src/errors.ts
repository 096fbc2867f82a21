import {
	errorsAtTheProvider,
	type DetailOf,
	type ErrorCode,
	type Failure,
	type JobError,
	type ProviderErrorCode,
} from '@email-gateway/shared';

type Changed = JobError[ 'changed' ];
/** Those of some codes whose detail has a part that must be there. */
type Telling< Code extends ErrorCode > = Code extends ErrorCode
	? Record< never, never > extends DetailOf< Code >
		? never
		: Code
	: never;
/** What is thrown with a code: its detail, which may be left out where no part must be there. */
type Told< Code extends ErrorCode > = [ Telling< Code > ] extends [ never ]
	? [ detail?: DetailOf< Code >, changed?: Changed | null ]
	: [ detail: DetailOf< Code >, changed?: Changed | null ];

/**
 * An expected failure, with a code from the closed list and exactly its details. Anything else that is thrown is a bug.
 * `changed` tells what it means for the server: see JobError.
 */
export class GatewayError< Code extends ErrorCode = ErrorCode > extends Error {
	readonly code: Code;
	readonly detail: DetailOf< Code >;
	/** null: whoever throws it does not know; while a server is being changed, nobody does. */
	readonly changed: Changed | null;

	constructor( code: Code, ...[ detail, changed = null ]: Told< Code > ) {
		super( code );
		this.name = 'GatewayError';
		this.code = code;
		this.detail = detail ?? ( {} as DetailOf< Code > );
		this.changed = changed;
	}

	get failure(): Failure< Code > {
		return { code: this.code, detail: this.detail } as Failure< Code >;
	}
}

/** Whether something thrown is an expected failure, or one of these. `instanceof` would lose the type of its detail. */
export function isFailure< Code extends ErrorCode = ErrorCode >(
	error: unknown,
	...codes: readonly Code[]
): error is GatewayError< Code > {
	return error instanceof GatewayError && ( codes.length === 0 || codes.includes( error.code ) );
}

/** Whether the provider, asked from the server, is why. */
export const isProviderFailure = ( error: unknown ): error is GatewayError< ProviderErrorCode > =>
	isFailure( error ) && Object.hasOwn( errorsAtTheProvider, error.code );
