import { isFailure } from '../errors.ts';
import type { Facts } from '../gateway/facts.ts';
import type { Remote } from '../ssh/remote.ts';
import type { Flushed, FlushOptions } from '../programs/flush.ts';
import type { JobContext } from './context.ts';

/**
 * Tries what waits at once. The gateway is installed and right: that this could not be followed does not undo it, and
 * leaves all of `queue` waiting.
 */
export async function flushStep(
	context: JobContext,
	remote: Remote,
	{ queue, older = 'leave' }: { queue: number; older?: FlushOptions[ 'older' ] }
): Promise< Flushed > {
	try {
		return await context.step( 'flush', async () => {
			const { app, signal, cancel } = context;
			const either = AbortSignal.any( [ signal, cancel ] );
			const value = await app.tools.flush( remote, { signal: either, older } );
			return { value, detail: { delivered: value.delivered, waiting: value.waiting } };
		} );
	} catch ( error ) {
		// a lost connection is taken up again; who presses Cancel now stops the watching, the mail goes on
		const mayStop = [ 'server_answer_not_understood', 'session_refused', 'cancelled' ];
		if ( ! context.signal.aborted && isFailure( error ) && mayStop.includes( error.code ) ) {
			return { delivered: 0, waiting: queue, older: 0 };
		}
		throw error;
	}
}

/** What a look would see now. What others hold stays in the queue. */
export function seenAfter( facts: Facts, { delivered }: Pick< Flushed, 'delivered' > ): Facts {
	const queue = Math.max( 0, facts.queue - delivered );
	return { ...facts, queue, stuck: Math.min( facts.stuck, queue ), oldestS: queue === 0 ? null : facts.oldestS };
}
