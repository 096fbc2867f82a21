import { setTimeout as sleep } from 'node:timers/promises';
import { waitForPort } from './cache.ts';
import { bootCount, describeServer } from './server.ts';
import { execInServer } from './ssh.ts';

const shutdownTimeoutMs = 90_000;

/**
 * Reboots a running server the way an administrator does, and waits until its sshd answers again.
 *
 * @throws when there is no such server, or it does not come back
 */
export async function rebootServer( name: string, { signal }: { signal?: AbortSignal } = {} ): Promise< void > {
	const server = describeServer( name );
	if ( ! server ) {
		throw new Error( `There is no server ${ name }.` );
	}
	const bootsBefore = bootCount( name );
	await execInServer( server, 'systemctl reboot', { signal } );
	const deadline = Date.now() + shutdownTimeoutMs;
	while ( bootCount( name ) === bootsBefore ) {
		if ( Date.now() > deadline ) {
			throw new Error( `The server ${ name } does not shut down.` );
		}
		await sleep( 200, undefined, { signal } );
	}
	await waitForPort( server.host, 22, shutdownTimeoutMs, signal );
}
