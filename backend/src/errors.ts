import { type ErrorCode, type ErrorDetail, type JobError } from '@email-gateway/shared';

/**
 * An expected failure, with a code from the closed list. Anything else that is thrown is a bug.
 * `changed` tells what it means for the server: see JobError.
 */
export class GatewayError extends Error {
	readonly code: ErrorCode;
	readonly detail: ErrorDetail;
	readonly changed: JobError[ 'changed' ];

	constructor( code: ErrorCode, detail: ErrorDetail = {}, changed: JobError[ 'changed' ] = 'nothing' ) {
		super( code );
		this.name = 'GatewayError';
		this.code = code;
		this.detail = detail;
		this.changed = changed;
	}
}
