import { readFileSync } from 'node:fs';
import { GatewayError } from '../errors.ts';
import type { Remote } from '../ssh/remote.ts';

const program = readFileSync( new URL( './flush.sh', import.meta.url ), 'utf8' );

export interface Flushed {
	/** Messages that waited and were now accepted by the provider. */
	delivered: number;
	/** Messages that waited and still do. */
	waiting: number;
}

/**
 * Tries what waits in the queue at once and follows it, at most `seconds` (default 55).
 * Errors: server_answer_not_understood, and those of `Remote.run`.
 */
export async function flush(
	remote: Remote,
	{ signal, seconds = 55 }: { signal: AbortSignal; seconds?: number }
): Promise< Flushed > {
	const { stdout } = await remote.run( program, {
		stdin: Buffer.from( `${ seconds }\n` ),
		signal,
		timeoutMs: ( seconds + 30 ) * 1000,
	} );
	const ended = /^ended (\d{1,9}) (\d{1,9})$/m.exec( stdout );
	if ( ! ended ) {
		throw new GatewayError( 'server_answer_not_understood', { fact: 'queue' } );
	}
	return { delivered: Number( ended[ 1 ] ), waiting: Number( ended[ 2 ] ) };
}
