import { GatewayError } from '../errors.ts';

export interface Limits {
	signal: AbortSignal;
	timeoutMs: number;
}

/**
 * Waits for what a server does, bounded: `fail` is called with server_timed_out after `timeoutMs`, or with the
 * signal's reason, and must make `promise` reject with it.
 */
export function within< T >(
	{ signal, timeoutMs }: Limits,
	promise: Promise< T >,
	fail: ( error: unknown ) => void
): Promise< T > {
	const timer = setTimeout(
		() => fail( new GatewayError( 'server_timed_out', { stage: 'command', timeoutMs } ) ),
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
