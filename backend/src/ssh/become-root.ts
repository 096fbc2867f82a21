import type { Client } from 'ssh2';
import { GatewayError, isFailure } from '../errors.ts';
import type { Secret } from '../vault/secret.ts';
import type { AsRoot } from './as-root.ts';
import { startProgram, type Started } from './run.ts';

/**
 * Finds out how the user who signed in becomes root, and does it: `program` waits there for what it is to do.
 * Errors: sign_in_refused { reason: no_shell, said } where a forced command or a login shell lets nothing run,
 * sudo_password_required, sudo_refused { reason, said } (see Started), server_timed_out (20 s for
 * sudo).
 */
export async function becomeRoot(
	client: Client,
	program: string,
	{ sudoPassword, signal }: { sudoPassword: Secret | null; signal: AbortSignal }
): Promise< { asRoot: AsRoot; started: Started } > {
	const started = startProgram( client, program, { elevation: 'unknown', sudoPassword } );
	const asRoot = await started.ready( { signal, timeoutMs: 20_000 } ).catch( ( error: unknown ) => {
		if ( isFailure( error, 'server_answer_not_understood' ) && error.detail.reason === 'no_shell' ) {
			throw new GatewayError( 'sign_in_refused', { reason: 'no_shell', said: error.detail.said } );
		}
		throw error;
	} );
	return { asRoot, started };
}
