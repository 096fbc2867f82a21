import { blockPorts } from '../servers/firewall.ts';
import { killServer, startServer, type Server, type ServerContext } from '../servers/server.ts';
import { shellOn } from '../servers/ssh.ts';
import type { Backend } from '../torture/backends.ts';
import type { Gateway } from '../torture/gateway.ts';
import { mustSucceed } from '../torture/patient.ts';
import { atConsole, closeSsh, freeze } from './console.ts';
import type { Place } from './fault.ts';

/** A mail each minute, and what a connection that comes to nothing takes. */
const waitForDeferred = `for turn in $(seq 400); do
	if [ -n "$(find /var/spool/postfix/deferred -type f -print -quit)" ]; then
		postqueue -j | sed -n 's/^.*"arrival_time": \\([0-9]*\\),.*/\\1/p' | sort -n | head -n 1
		exit 0
	fi
	sleep 0.5
done
echo 'No mail waits.' >&2
exit 1`;

/** Every way to a server. */
export function makePlace(
	server: Server,
	parts: Pick< Place, 'atAccount' | 'changePassword' > & {
		gateway: Gateway;
		backend: Backend;
		serverId: number;
		own: ServerContext;
		signal: AbortSignal;
	}
): Place {
	const { gateway, backend, serverId, own, signal, atAccount, changePassword } = parts;
	const { name } = server;
	return {
		...{ atAccount, changePassword },
		shell: ( script ) => shellOn( server, script, { signal } ),
		console: ( script ) => atConsole( name, script, signal ),
		closeSsh: ( how ) => closeSsh( name, how ),
		blockPorts: ( ports ) => blockPorts( name, ports ),
		freeze: async ( frozen ) => freeze( name, frozen ),
		power: async ( on ) => void ( await ( on ? startServer( server, own ) : killServer( name ) ) ),
		async untilMailWaits() {
			const arrivedAtS = Number( await shellOn( server, waitForDeferred, { signal } ) );
			return { atMs: Date.now(), arrivedAtMs: arrivedAtS * 1000 };
		},
		async reinstall() {
			mustSucceed( await gateway.ended( await gateway.beginInstall( {} ) ), 'Reinstall' );
		},
		async deliver() {
			const { status, body } = await backend.site.call( 'deliverWaitingMail', { serverId } );
			if ( status !== 202 ) {
				throw new Error( `Waiting mail is not delivered: ${ JSON.stringify( body ) }` );
			}
			await gateway.ended( body.jobId );
		},
	};
}
