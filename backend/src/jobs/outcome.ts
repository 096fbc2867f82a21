import { isFailure } from '../errors.ts';
import type { Outcome } from '../db/job-life.ts';

/** The one place where what a verb threw becomes the end of its job. What was not expected is a bug: internal_error. */
export function outcomeOf( error: unknown, { applying }: { applying: boolean } ): Outcome {
	// what ends a job that changes its server says nothing of that change, unless it comes from there
	const unsaid = applying ? 'unknown' : 'nothing';
	if ( ! isFailure( error ) ) {
		return { state: 'failed', error: { code: 'internal_error', detail: {}, changed: unsaid } };
	}
	const { failure } = error;
	const changed = error.changed ?? unsaid;
	return failure.code === 'cancelled'
		? { state: 'cancelled', changed, detail: failure.detail }
		: { state: 'failed', error: { ...failure, changed } };
}
