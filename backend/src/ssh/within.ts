import type { EventDetail } from '@email-gateway/shared';
import { GatewayError } from '../errors.ts';

export interface Limits {
	signal: AbortSignal;
	timeoutMs: number;
	/** What the error tells besides; `stage` is `command` where it is not said. */
	detail?: EventDetail;
}

/**
 * Waits for what a server does, bounded: `fail` is called with server_timed_out after `timeoutMs`, or with the
 * signal's reason, and must make `promise` reject with it.
 */
export function within< T >(
	{ signal, timeoutMs, detail }: Limits,
	promise: Promise< T >,
	fail: ( error: unknown ) => void
): Promise< T > {
	const timer = setTimeout(
		() => fail( new GatewayError( 'server_timed_out', { stage: 'command', timeoutMs, ...detail } ) ),
		timeoutMs
	);
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
