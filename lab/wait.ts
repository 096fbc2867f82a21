import { setTimeout as sleep } from 'node:timers/promises';

/** Asks until the check says yes; throws with the description when it has not within timeoutMs. */
export async function waitUntil(
	what: string,
	check: () => Promise< boolean >,
	options: { timeoutMs: number; everyMs?: number; signal?: AbortSignal }
): Promise< void > {
	const deadline = Date.now() + options.timeoutMs;
	while ( ! ( await check() ) ) {
		options.signal?.throwIfAborted();
		if ( Date.now() > deadline ) {
			throw new Error( `${ what } did not happen within ${ Math.round( options.timeoutMs / 1_000 ) } s.` );
		}
		await sleep( options.everyMs ?? 200 );
	}
}

/** Whether an HTTP address answers with one of the statuses below 400 within two seconds. */
export async function answers( url: string ): Promise< boolean > {
	try {
		const response = await fetch( url, { signal: AbortSignal.timeout( 2_000 ), redirect: 'manual' } );
		await response.arrayBuffer();
		return response.status < 400;
	} catch {
		return false;
	}
}
