import type { OlderMail } from '@email-gateway/shared';
import { GatewayError } from '../errors.ts';
import type { Remote } from '../ssh/remote.ts';
import { programs } from './compose.ts';

export interface Flushed {
	/** Messages that waited and were now accepted by the provider. */
	delivered: number;
	/** Messages that waited and still do. */
	waiting: number;
	/** Messages older than a day: nothing was tried because of them (`ask`), or they stay on hold (`hold`). */
	older: number;
}

export interface FlushOptions {
	signal: AbortSignal;
	seconds?: number;
	/** What becomes of mail older than a day. `leave`: tried, but for what a person chose to hold. */
	older?: OlderMail | 'leave';
	olderAfterS?: number;
}

/**
 * Tries what waits in the queue at once and follows it, at most `seconds` (default 55).
 * Errors: server_answer_not_understood, and those of `Remote.run`.
 */
export async function flush(
	remote: Remote,
	{ signal, seconds = 55, older = 'leave', olderAfterS = 86_400 }: FlushOptions
): Promise< Flushed > {
	const { stdout } = await remote.run( programs.flush, {
		stdin: Buffer.from( `${ seconds }\n${ older }\n${ olderAfterS }\n` ),
		signal,
		timeoutMs: ( seconds + 60 ) * 1000,
	} );
	const ended = /^ended (\d{1,9}) (\d{1,9})$/m.exec( stdout );
	if ( ! ended ) {
		throw new GatewayError( 'server_answer_not_understood', { fact: 'queue' } );
	}
	const held = /^older (\d{1,9})$/m.exec( stdout )?.[ 1 ] ?? 0;
	return { delivered: Number( ended[ 1 ] ), waiting: Number( ended[ 2 ] ), older: Number( held ) };
}
