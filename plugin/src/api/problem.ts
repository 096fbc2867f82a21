import type { Failure } from '@email-gateway/shared';
import { isKnownError } from '../words/errors.ts';

/** Failures that happen on the way, before the backend has answered. */
export const localCodes = [
	'not_paired',
	'connection_not_supplied',
	'nothing_to_import',
	'backend_unreachable',
	'backend_refused',
	'backend_address_refused',
	'key_in_database',
	'offline',
	'timed_out',
	'signed_out',
	'not_allowed',
	'not_understood',
	'unknown_failure',
] as const;
export type LocalCode = ( typeof localCodes )[ number ];

/** `reason`: why, in words of whoever refused. */
interface LocalFailure {
	code: LocalCode;
	detail: { reason?: string };
}

export function isLocal( problem: Failure | LocalFailure ): problem is LocalFailure {
	return ( localCodes as readonly string[] ).includes( problem.code );
}

export type Problem = ( Failure | LocalFailure ) & {
	/** The untranslated words of whoever refused: shown only on request. */
	message: string;
	/** Of invalid_request: path (`settings.userName`) and code of the problem. */
	fields: Array< { path: string; problem: string } >;
	/** HTTP status; null where there was no answer. */
	status: number | null;
};

/** What a refused call throws. */
export class CallFailed extends Error {
	override readonly name = 'CallFailed';
	readonly problem: Problem;

	constructor( problem: Problem ) {
		super( problem.message );
		this.problem = problem;
	}
}

/** WordPress's and api-fetch's own codes, in our words. */
const foreignCodes: Record< string, Problem[ 'code' ] > = {
	rest_missing_callback_param: 'invalid_request',
	rest_invalid_param: 'invalid_request',
	fetch_error: 'offline',
	offline_error: 'offline',
	invalid_json: 'not_understood',
	rest_cookie_invalid_nonce: 'signed_out',
	rest_not_logged_in: 'signed_out',
	rest_forbidden: 'not_allowed',
	rest_no_route: 'not_understood',
};

function codeFrom( code: unknown ): Problem[ 'code' ] {
	if ( typeof code !== 'string' ) {
		return 'unknown_failure';
	}
	if ( isKnownError( code ) || ( localCodes as readonly string[] ).includes( code ) ) {
		return code as Problem[ 'code' ];
	}
	return foreignCodes[ code ] ?? 'unknown_failure';
}

interface Refusal {
	code?: unknown;
	message?: unknown;
	data?: {
		status?: number;
		detail?: object;
		fields?: Problem[ 'fields' ];
		reason?: string;
		/** Of WordPress: names of what is missing, or sentences by name. */
		params?: string[] | Record< string, string >;
	} | null;
}

const fieldsOfWordPress = ( params: string[] | Record< string, string > = [] ): Problem[ 'fields' ] =>
	Array.isArray( params )
		? params.map( ( path ) => ( { path, problem: 'required' } ) )
		: Object.keys( params ).map( ( path ) => ( { path, problem: 'invalid' } ) );

/** Whatever api-fetch rejected with: a plain object for an answer, an Error or a DOMException for none. */
export function problemFrom( thrown: unknown ): Problem {
	if ( thrown instanceof CallFailed ) {
		return thrown.problem;
	}
	if ( typeof thrown !== 'object' || thrown === null ) {
		return { code: 'unknown_failure', message: String( thrown ), detail: {}, fields: [], status: null };
	}
	const { code, message, data } = thrown as Refusal;
	const name = ( thrown as { name?: unknown } ).name;
	const reason = data?.reason ? { reason: data.reason } : {};
	// what the backend answers is what the contract says; a code of our own tells no detail but its reason
	const failure = {
		code: name === 'TimeoutError' ? 'timed_out' : codeFrom( code ),
		detail: { ...reason, ...data?.detail },
	} as Failure | LocalFailure;
	return {
		...failure,
		message: typeof message === 'string' ? message : '',
		fields: data?.fields ?? fieldsOfWordPress( data?.params ),
		status: data?.status ?? null,
	};
}
