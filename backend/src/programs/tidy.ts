import type { Remote } from '../ssh/remote.ts';
import { programs } from './compose.ts';

/**
 * Removes what runs have left on a server, where none goes on: the payload of one that was killed, and all of our state
 * where there has been no gateway for a day. A look tells whether there is any. Errors: those of `Remote.run`.
 */
export async function tidy( remote: Remote, { signal }: { signal: AbortSignal } ): Promise< void > {
	await remote.run( programs.tidy, { signal, timeoutMs: 60_000 } );
}
