import { _n, sprintf } from '@wordpress/i18n';
import type { Observation } from '@email-gateway/shared';
import { fullTime, timeOfDay } from './time.ts';

/** Later than that, the time of the day alone would be taken for that of today. */
const timeAloneS = 12 * 3600;

/**
 * How many messages wait, and since when the oldest does, where that is known; what a pause, a cap or the sandbox keeps is
 * told apart.
 *
 * @param at when it was seen; ISO time
 */
export function inQueue( { waiting: all, kept = 0, oldestS }: InQueue, at: string ): string[] {
	const waiting = Math.max( 0, all - kept );
	return [ ...( waiting > 0 ? [ waits( waiting, oldestS, at ) ] : [] ), ...( kept > 0 ? [ isKept( kept ) ] : [] ) ];
}

/** What this browser kept of a former version tells less. */
type InQueue = Pick< Observation, 'waiting' > & Partial< Pick< Observation, 'kept' | 'oldestS' > >;

function waits( waiting: number, oldestS: number | null | undefined, at: string ): string {
	if ( typeof oldestS !== 'number' ) {
		return sprintf(
			/* translators: %d: number of messages */
			_n( '%d message waits in the queue.', '%d messages wait in the queue.', waiting, 'email-gateway' ),
			waiting
		);
	}
	const since = new Date( Date.parse( at ) - oldestS * 1000 ).toISOString();
	return sprintf(
		/* translators: 1: number of messages, 2: a time such as 09:14, or a date and a time */
		_n(
			'%1$d message waits in the queue, since %2$s.',
			'%1$d messages wait in the queue, the oldest since %2$s.',
			waiting,
			'email-gateway'
		),
		waiting,
		oldestS < timeAloneS ? timeOfDay( since ) : fullTime( since )
	);
}

const isKept = ( kept: number ) =>
	sprintf(
		/* translators: %d: number of messages */
		_n(
			'%d message is kept in the queue by a pause, a cap or the sandbox.',
			'%d messages are kept in the queue by a pause, a cap or the sandbox.',
			kept,
			'email-gateway'
		),
		kept
	);
