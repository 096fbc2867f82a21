import { GatewayError } from '../errors.ts';
import type { Outcome } from '../db/job-life.ts';

/** The one place where what a verb threw becomes the end of its job. What was not expected is a bug: internal_error. */
export function outcomeOf( error: unknown, { applying }: { applying: boolean } ): Outcome {
	// what ends a job that changes its server says nothing of that change, unless it comes from there
	const unsaid = applying ? 'unknown' : 'nothing';
	if ( ! ( error instanceof GatewayError ) ) {
		return { state: 'failed', error: { code: 'internal_error', detail: {}, changed: unsaid } };
	}
	const { code, detail, changed } = error;
	return code === 'cancelled'
		? { state: 'cancelled', changed: changed ?? unsaid, detail }
		: { state: 'failed', error: { code, detail, changed: changed ?? unsaid } };
}
