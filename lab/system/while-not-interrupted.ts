/** Aborted when this process is asked to end, so that what it started can be ended first. */
export function whileNotInterrupted(): AbortSignal {
	const interrupted = new AbortController();
	for ( const signal of [ 'SIGINT', 'SIGTERM', 'SIGHUP' ] as const ) {
		process.on( signal, () => interrupted.abort( new Error( `Interrupted by ${ signal }.` ) ) );
	}
	return interrupted.signal;
}
