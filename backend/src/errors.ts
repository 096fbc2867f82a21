import { type ErrorCode, type ErrorDetail, type JobError } from '@email-gateway/shared';

/**
 * An expected failure, with a code from the closed list. Anything else that is thrown is a bug.
 * `changed` tells what it means for the server: see JobError.
 */
export class GatewayError extends Error {
	readonly code: ErrorCode;
	readonly detail: ErrorDetail;
	/** null: whoever throws it does not know; while a server is being changed, nobody does. */
	readonly changed: JobError[ 'changed' ] | null;

	constructor( code: ErrorCode, detail: ErrorDetail = {}, changed: JobError[ 'changed' ] | null = null ) {
		super( code );
		this.name = 'GatewayError';
		this.code = code;
		this.detail = detail;
		this.changed = changed;
	}
}
