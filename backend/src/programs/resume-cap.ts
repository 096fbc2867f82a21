import { GatewayError } from '../errors.ts';
import { capsProgram } from '../gateway/caps.ts';
import type { Remote } from '../ssh/remote.ts';

/** Lets a Unix user send again who is over the cap: it is counted anew. Errors: server_answer_not_understood, those of `Remote.run`. */
export async function resumeCap(
	remote: Remote,
	{ uid, signal }: { uid: number; signal: AbortSignal }
): Promise< void > {
	const { exitCode } = await remote.run( `IFS= read -r uid && exec /bin/sh ${ capsProgram } resume "$uid"`, {
		stdin: Buffer.from( `${ uid }\n` ),
		signal,
		timeoutMs: 60_000,
	} );
	if ( exitCode !== 0 ) {
		throw new GatewayError( 'server_answer_not_understood', { exitCode } );
	}
}
