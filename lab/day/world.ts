import { ensureProviderCa, providerHost, startProvider } from '../provider/start.ts';
import type { ServerKind } from '../servers/kinds.ts';
import { rebootServer } from '../servers/reboot.ts';
import { ensureServerNetwork, resetServer, type Server } from '../servers/server.ts';
import { shellOn } from '../servers/ssh.ts';
import { giveRoute } from './give-route.ts';
import { makeSite, type LabSite, type WordPressVersion } from '../sites/site.ts';
import { stopProcess } from '../system/processes.ts';
import type { Log } from '../system/run.ts';
import { startBackend, type Backend } from '../torture/backends.ts';
import { gatewayOn } from '../torture/gateway.ts';
import { mustSucceed } from '../torture/patient.ts';
import { controlProvider, type ProviderControl } from '../torture/provider-control.ts';

/** A server with a gateway, known to the backend under this id. */
export interface DayServer {
	server: Server;
	serverId: number;
	/** Runs a script as root. */
	shell( script: string ): Promise< string >;
	reboot(): Promise< void >;
	/** Rotates the log of mail as logrotate does each night. */
	rotate(): Promise< void >;
	/** Recipients of whom its log says that the message may be sent more than once. */
	unanswered(): Promise< string[] >;
	/** The button Deliver Waiting Mail. */
	deliver(): Promise< void >;
	/** Lets a site’s mail leave by an account of its own; its user name. */
	giveRoute( site: LabSite ): Promise< string >;
}

export interface DaySite {
	site: LabSite;
	on: DayServer;
	/** User name at the provider, by which its mail is to leave. */
	account: string;
}

/** Everything that a day needs. */
export interface DayWorld {
	backend: Backend;
	provider: ProviderControl;
	servers: DayServer[];
	sites: DaySite[];
	log: Log;
	signal: AbortSignal;
	end(): Promise< void >;
}

const wanted: { kind: ServerKind; domain: string; wordpress: WordPressVersion; hasRoute: boolean }[] = [
	{ kind: 'debian12', domain: 'shop.day.test', wordpress: '7.1', hasRoute: false },
	{ kind: 'debian12', domain: 'blog.day.test', wordpress: '6.8', hasRoute: true },
	{ kind: 'debian13', domain: 'news.day.test', wordpress: '7.1', hasRoute: true },
];

/** A backend, a provider, a Debian 12 and a Debian 13 as new with three sites between them, two of which have a route, and the gateways installed. */
export async function makeDayWorld( context: { log: Log; signal: AbortSignal } ): Promise< DayWorld > {
	const { log, signal } = context;
	const { hostAddress } = await ensureServerNetwork( context );
	const own = { ...context, hosts: { [ providerHost ]: hostAddress }, caFile: await ensureProviderCa() };
	const started = await startProvider( { hostAddress } );
	const provider = controlProvider( started );
	await provider.heal();
	await fetch( `${ started.inboxUrl }/messages`, { method: 'DELETE' } );
	const backend = await startBackend();
	const password = await provider.newPassword();
	const servers: DayServer[] = [];
	for ( const [ index, kind ] of ( [ 'debian12', 'debian13' ] as const ).entries() ) {
		log( `Installing on ${ kind } …` );
		const server = await resetServer( { name: `day-${ kind }`, kind }, own );
		const serverId = index + 1;
		const gateway = gatewayOn( server, { backend, serverId, provider: started } );
		await gateway.connect();
		mustSucceed( await gateway.ended( await gateway.beginInstall( { password } ) ), 'The install' );
		const shell = ( script: string ) => shellOn( server, script, { signal } );
		servers.push( {
			...{ server, serverId, shell },
			reboot: () => rebootServer( server.name, { signal } ),
			rotate: async () => void ( await shell( 'logrotate -f /etc/logrotate.d/email-gateway' ) ),
			async unanswered() {
				const lines = await shell(
					`zgrep -h 'may be sent more than once' /var/log/email-gateway/mail.log* || :`
				);
				return lines.split( '\n' ).flatMap( ( line ) => / to=<([^>]*)>/.exec( line )?.[ 1 ] ?? [] );
			},
			async deliver() {
				const { status, body } = await backend.site.call( 'deliverWaitingMail', { serverId } );
				if ( status !== 202 ) {
					throw new Error( `Waiting mail is not delivered: ${ JSON.stringify( body ) }` );
				}
				mustSucceed( await gateway.ended( body.jobId ), 'The delivery' );
			},
			giveRoute: ( site ) => giveRoute( { backend, gateway, provider: started, serverId, shell }, site ),
		} );
	}
	const sites: DaySite[] = [];
	for ( const { kind, hasRoute, ...wish } of wanted ) {
		const on = servers.find( ( { server } ) => server.kind === kind ) as DayServer;
		const site = await makeSite( on.server, wish, context );
		sites.push( { site, on, account: hasRoute ? await on.giveRoute( site ) : started.user } );
	}
	return {
		...{ backend, provider, servers, sites, log, signal },
		end: () => stopProcess( 'backend-both' ),
	};
}
