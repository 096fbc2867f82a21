/** Waits for what cannot be told to stop no longer than a signal says; it is left alone then. Errors: the signal's reason. */
export function untilAborted< Result >( promise: Promise< Result >, signal: AbortSignal ): Promise< Result > {
	const { promise: aborted, reject } = Promise.withResolvers< never >();
	const onAbort = () => reject( signal.reason );
	signal.addEventListener( 'abort', onAbort, { once: true } );
	if ( signal.aborted ) {
		onAbort();
	}
	return Promise.race( [ promise, aborted ] ).finally( () => signal.removeEventListener( 'abort', onAbort ) );
}
