/** What this process was late by itself, from when it was asked for. */
export interface OwnLateness {
	/** Milliseconds in all; also counts the timer that is late right now. */
	ms(): number;
	stop(): void;
}

/**
 * Notices how late this process comes to what it has to do: where it was stopped, had no processor, or computed for long, its
 * timers are late, and what waited for a server was not heard in time either.
 */
export function noticeOwnLateness( everyMs = 250 ): OwnLateness {
	let lateMs = 0;
	let dueAt = performance.now() + everyMs;
	const lateNow = () => Math.max( 0, performance.now() - dueAt );
	const timer = setInterval( () => {
		lateMs += lateNow();
		dueAt = performance.now() + everyMs;
	}, everyMs );
	return { ms: () => lateMs + lateNow(), stop: () => clearInterval( timer ) };
}

/** Whether a process that was late for so long of a time may blame nobody else for what did not come in it. */
export const isOwnFault = ( lateMs: number, ofMs: number ): boolean => lateMs >= ofMs / 5;
