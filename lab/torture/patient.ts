import { randomBytes } from 'node:crypto';
import { footprint, phpMail } from '../journeys/server.ts';
import type { Server } from '../servers/server.ts';
import { rebootServer } from '../servers/reboot.ts';
import { execInServer, shellOn } from '../servers/ssh.ts';
import { waitUntil } from '../wait.ts';
import type { Backend } from './backends.ts';
import { mustHold } from './fault.ts';
import { sayEnd, lastWords, type Ended, type Gateway, type Wishes } from './gateway.ts';
import type { ProviderControl } from './provider-control.ts';
import { secretsLeft } from './secrets-left.ts';

/** One real server that something happens to, and everything that a person could do with it or see of it. */
export interface Patient {
	server: Server;
	backend: Backend;
	provider: ProviderControl;
	gateway: Gateway;
	/** Runs a script as root; throws where it fails. */
	shell( script: string ): Promise< string >;
	install( wishes: Wishes ): Promise< Ended >;
	remove( options?: { waitingMail?: 'refuse' | 'save' } ): Promise< Ended >;
	/** A site sends; the subject. Throws where the server does not take it. */
	send(): Promise< string >;
	/** Waits for a message at the provider; throws unless it came exactly once. */
	arrives( subject: string, options?: { timeoutMs?: number } ): Promise< void >;
	/** Packages, all of /etc and open ports, to be compared. */
	footprint(): Promise< string[] >;
	/** Throws where the password lies anywhere but in its map, on the server or at the backend. */
	keepsSecret( password: string ): Promise< void >;
	reboot(): Promise< void >;
	/** A power cut, and the start after it. */
	cutPower(): Promise< void >;
	/** Ends every SSH connection of the server. */
	cutConnections(): Promise< void >;
}

export function patientOn(
	server: Server,
	parts: { gateway: Gateway; backend: Backend; provider: ProviderControl; restart: () => Promise< void > }
): Patient {
	const { gateway, backend, provider, restart } = parts;
	const shell = ( script: string ) => shellOn( server, script, { signal: AbortSignal.timeout( 240_000 ) } );
	return {
		server,
		backend,
		provider,
		gateway,
		shell,
		install: async ( wishes ) => gateway.ended( await gateway.beginInstall( wishes ) ),
		remove: async ( options ) => gateway.ended( await gateway.beginRemove( options ) ),
		async send() {
			const subject = `torture ${ randomBytes( 8 ).toString( 'hex' ) }`;
			await phpMail( server, 'you@example.org', subject );
			return subject;
		},
		async arrives( subject, { timeoutMs = 120_000 } = {} ) {
			const copies = async () =>
				( await provider.messages() ).filter( ( message ) => message.subject === subject ).length;
			await waitUntil( `The arrival of a test email`, async () => ( await copies() ) > 0, { timeoutMs } );
			mustHold( ( await copies() ) === 1, 'A test email arrived more than once.' );
		},
		footprint: async () => Object.values( await footprint( server ) ).flat(),
		async keepsSecret( password ) {
			const places = await secretsLeft( server, password );
			mustHold( places.length === 0, `The password lies on the server in ${ places.join( ', ' ) }.` );
			const files = backend.filesWith( password );
			mustHold( files.length === 0, `The password lies at the backend in ${ files.join( ', ' ) }.` );
		},
		reboot: () => rebootServer( server.name ),
		cutPower: restart,
		async cutConnections() {
			const cut = 'sleep 0.2; pkill -o -f "sshd.*notty" || true; pkill -f "sshd.*notty"';
			await execInServer( server, `setsid sh -c '${ cut }' >/dev/null 2>&1 </dev/null &` );
			await new Promise( ( resolve ) => setTimeout( resolve, 600 ) );
		},
	};
}

/** Throws unless the job ended well; returns how. */
export function mustSucceed( ended: Ended, what: string ): string {
	mustHold(
		ended.job.state === 'succeeded',
		`${ what } ended otherwise: ${ sayEnd( ended ) }${ lastWords( ended ) }`
	);
	return sayEnd( ended );
}
