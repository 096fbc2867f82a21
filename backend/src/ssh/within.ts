import type { EventDetail } from '@email-gateway/shared';
import { GatewayError } from '../errors.ts';

export interface Limits {
	signal: AbortSignal;
	timeoutMs: number;
	/** What the error says besides; `stage` is `command` where it is not said. */
	detail?: EventDetail;
	/** The error after `timeoutMs`, where it is another one than server_timed_out. */
	late?: () => Error;
}

/**
 * Waits for what a server does, bounded: `fail` is called with server_timed_out (or what `late` says) after
 * `timeoutMs`, or with the signal's reason, and must make `promise` reject with it.
 */
export function within< T >(
	{ signal, timeoutMs, detail, late }: Limits,
	promise: Promise< T >,
	fail: ( error: unknown ) => void
): Promise< T > {
	const timedOut = () => new GatewayError( 'server_timed_out', { stage: 'command', timeoutMs, ...detail } );
	const timer = setTimeout( () => fail( ( late ?? timedOut )() ), timeoutMs );
	const onAbort = () => fail( signal.reason );
	signal.addEventListener( 'abort', onAbort, { once: true } );
	if ( signal.aborted ) {
		onAbort();
	}
	return promise.finally( () => {
		clearTimeout( timer );
		signal.removeEventListener( 'abort', onAbort );
	} );
}
