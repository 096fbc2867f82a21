import type { Socket } from 'node:net';
import { GatewayError } from '../errors.ts';
import { excerpt } from './text.ts';

/** sshd's own words to a connection that it does not take, before it says that it is an sshd (OpenSSH, sshd.c). */
const refusals = [
	{ text: /^Exceeded MaxStartups/, code: 'ssh_server_busy' },
	// since OpenSSH 9.8: an address that is barred after failed sign-ins, and MaxStartups alike
	{ text: /^Not allowed at this time/, code: 'ssh_refused_for_now' },
] as const;
const longest = 255;

/** Listens to the first bytes of a connection. `refusal` says what they mean where no SSH connection came of it. */
export function watchGreeting( sock: Socket ): {
	refusal( place: { host: string; port: number } ): GatewayError | null;
} {
	let head = '';
	const take = ( bytes: Buffer ) => {
		head += bytes.toString( 'latin1' );
		if ( head.length >= longest || head.startsWith( 'SSH-' ) ) {
			sock.off( 'data', take );
		}
	};
	sock.on( 'data', take );
	return {
		refusal( place ) {
			if ( head === '' || 'SSH-'.startsWith( head.slice( 0, 4 ) ) ) {
				return null;
			}
			const said = excerpt( head.slice( 0, longest ) );
			const row = refusals.find( ( { text } ) => text.test( head ) );
			return new GatewayError( row?.code ?? 'ssh_not_spoken', { ...place, said } );
		},
	};
}
