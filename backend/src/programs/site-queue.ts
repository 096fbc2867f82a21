import { mostQueued } from '@email-gateway/shared';
import { GatewayError } from '../errors.ts';
import { isQueueId } from '../gateway/mail-log.ts';
import type { Remote } from '../ssh/remote.ts';
import { programs } from './compose.ts';

/**
 * Ids of the messages in the queue, held ones included, that a Unix user handed over. Errors: server_answer_not_understood,
 * and those of `Remote.run`.
 */
export async function readSiteQueue(
	remote: Remote,
	{ uid, signal }: { uid: number; signal: AbortSignal }
): Promise< string[] > {
	const { exitCode, stdout } = await remote.run( programs.siteQueue, {
		stdin: Buffer.from( `${ uid } ${ mostQueued }\n` ),
		signal,
		timeoutMs: 120_000,
		maxBytes: 4 << 20,
	} );
	const ids = [ ...stdout.matchAll( /^id (\w{6,40})$/gm ) ].map( ( [ , id = '' ] ) => id );
	if ( exitCode !== 0 || ! stdout.endsWith( 'end\n' ) || ! ids.every( isQueueId ) ) {
		throw new GatewayError( 'server_answer_not_understood', { fact: 'queue' } );
	}
	return ids;
}
