import { GatewayError } from '../errors.ts';
import type { Outcome } from '../db/job-life.ts';

/** The one place where what a verb threw becomes the end of its job. What was not expected is a bug: internal_error. */
export function outcomeOf( error: unknown, { applying }: { applying: boolean } ): Outcome {
	if ( ! ( error instanceof GatewayError ) ) {
		return {
			state: 'failed',
			error: { code: 'internal_error', detail: {}, changed: applying ? 'unknown' : 'nothing' },
		};
	}
	const { code, detail, changed } = error;
	if ( code === 'cancelled' ) {
		return { state: 'cancelled', changed: changed === 'undone' ? 'undone' : 'nothing', detail };
	}
	const isCut =
		code === 'connection_lost' ||
		code === 'server_unreachable' ||
		code === 'server_timed_out' ||
		code === 'ssh_not_spoken';
	return { state: 'failed', error: { code, detail, changed: applying && isCut ? 'unknown' : changed } };
}
