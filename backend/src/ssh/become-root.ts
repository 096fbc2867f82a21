import type { Client } from 'ssh2';
import { GatewayError } from '../errors.ts';
import type { Secret } from '../vault/secret.ts';
import type { Remote } from './remote.ts';
import { runProgram } from './run.ts';

const probe = `if [ "$(id -u)" = 0 ]; then echo root
elif ! command -v sudo >/dev/null 2>&1; then echo no_sudo
elif sudo -k -n sh -c : </dev/null >/dev/null 2>&1; then echo sudo
else echo sudo_password
fi`;

/**
 * Finds out how the user who signed in becomes root, and tries it.
 * Errors: sign_in_refused { reason: no_shell, said } where a forced command or a login shell lets nothing run,
 * sudo_password_required, sudo_refused { reason: no_sudo | wrong_password | refused, said }.
 */
export async function becomeRoot(
	client: Client,
	{ sudoPassword, signal }: { sudoPassword: Secret | null; signal: AbortSignal }
): Promise< Remote[ 'asRoot' ] > {
	const limits = { signal, timeoutMs: 20_000, maxBytes: 65_536 };
	const { stdout } = await runProgram( client, probe, { ...limits, elevation: 'user', sudoPassword: null } ).catch(
		( error: unknown ) => {
			const isShut = error instanceof GatewayError && error.detail.reason === 'no_shell';
			throw isShut ? new GatewayError( 'sign_in_refused', error.detail ) : error;
		}
	);
	const way = stdout.trim();
	if ( way === 'root' || way === 'sudo' ) {
		return way;
	}
	if ( way !== 'sudo_password' ) {
		throw way === 'no_sudo'
			? new GatewayError( 'sudo_refused', { reason: 'no_sudo', said: '' } )
			: new GatewayError( 'server_answer_not_understood', { reason: 'probe' } );
	}
	if ( sudoPassword === null ) {
		throw new GatewayError( 'sudo_password_required' );
	}
	await runProgram( client, ':', { ...limits, elevation: 'sudo_password', sudoPassword } );
	return 'sudo_password';
}
