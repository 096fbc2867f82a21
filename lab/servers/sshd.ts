import type { LabServer } from '../state.ts';
import { waitForPort } from './cache.ts';
import { shellOn } from './ssh.ts';

/**
 * Plays a server whose sshd forbids forwarding, or one as it comes. Connections that are open keep what they had.
 *
 * @return whether anything was changed
 */
export async function allowForwarding(
	server: Pick< LabServer, 'host' | 'sshPort' | 'sshUser' | 'keyFile' >,
	allowed: boolean
): Promise< boolean > {
	const file = '/etc/ssh/sshd_config.d/lab-forwarding.conf';
	const change = allowed
		? `[ -e ${ file } ] && rm ${ file } || exit 0`
		: `[ -e ${ file } ] && exit 0; echo 'AllowTcpForwarding no' >${ file }`;
	const said = await shellOn( server, `${ change }\nsystemctl reload ssh && sleep 1 && echo changed` );
	if ( said.trim() !== 'changed' ) {
		return false;
	}
	// a reload is a new sshd, which listens a moment later
	await waitForPort( server.host, server.sshPort, 10_000 );
	return true;
}
