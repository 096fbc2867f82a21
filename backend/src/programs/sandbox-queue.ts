import type { SandboxKind } from '@email-gateway/shared';
import { GatewayError } from '../errors.ts';
import { isQueueId } from '../gateway/mail-log.ts';
import type { Remote } from '../ssh/remote.ts';
import { programs } from './compose.ts';

/** See sandbox-queue.sh. */
export type SandboxQuestion = 'begin' | `queued ${ SandboxKind }` | 'kept' | 'forget';

/**
 * Ids of messages in the queue that a sandbox keeps, or is to keep. Errors: server_answer_not_understood, and those of
 * `Remote.run`.
 */
export async function readSandboxQueue(
	remote: Remote,
	{ question, signal }: { question: SandboxQuestion; signal: AbortSignal }
): Promise< string[] > {
	const { exitCode, stdout } = await remote.run( programs.sandboxQueue, {
		stdin: Buffer.from( `${ question }\n` ),
		signal,
		timeoutMs: 120_000,
		maxBytes: 8 << 20,
	} );
	const ids = [ ...stdout.matchAll( /^id (\w{6,40})$/gm ) ].map( ( [ , id = '' ] ) => id );
	if ( exitCode !== 0 || ! stdout.endsWith( 'end\n' ) || ! ids.every( isQueueId ) ) {
		throw new GatewayError( 'server_answer_not_understood', { fact: 'queue' } );
	}
	return ids;
}
