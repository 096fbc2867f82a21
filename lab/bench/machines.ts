import type { RequestOf } from '../../shared/src/index.ts';
import { startBackend } from '../backend/start.ts';
import { startPostgres } from '../database/postgres.ts';
import { ensureProviderCa, providerHost, startProvider, type Provider } from '../provider/start.ts';
import type { Tries } from '../provider/counts.ts';
import type { Faults } from '../provider/faults.ts';
import { ensureServerNetwork, resetServer, startServer, type Server } from '../servers/server.ts';
import { shellOn } from '../servers/ssh.ts';
import { connectServer } from '../wordpress/connect-server.ts';
import type { Ask } from '../wordpress/rest.ts';
import { pairDirectly } from './direct.ts';
import type { BenchContext } from './figures.ts';
import { succeeded } from './jobs.ts';

export type Account = Pick< Provider, 'user' | 'password' >;

/** The provider, the backend on PostgreSQL, and Debian 12 servers by name; no WordPress. */
export interface Machines {
	provider: Provider;
	/** A paired site, straight at the backend. */
	ask: Ask;
	/** Boots a server, a new one where there was none. */
	start( name: string ): Promise< Server >;
	/** The same server as new. */
	reset( name: string ): Promise< Server >;
	setFaults( faults: Faults ): Promise< void >;
	/** When an account was tried since the counts were deleted. */
	triesOf( user: string ): Promise< Tries >;
	/** Lets the backend in and trusts the host key, as a person does on the screen of server `serverId`. */
	connect( serverId: number, server: Server ): Promise< void >;
	/** What the form of the gateway holds for an account of the provider. */
	settings( account: Account ): RequestOf< 'installGateway' >[ 'settings' ];
	/** Installs the gateway, or changes it; @return milliseconds from the click until the job had succeeded */
	install( serverId: number, account: Account ): Promise< { tookMs: number; alreadyRight: boolean } >;
}

export async function startMachines( { log, signal }: BenchContext ): Promise< Machines > {
	const { hostAddress } = await ensureServerNetwork( { log, signal } );
	const provider = await startProvider( { hostAddress } );
	const backend = await startBackend( { databaseUrl: await startPostgres( { log, signal } ), signal } );
	const ask = await pairDirectly( backend );
	const own = { log, signal, hosts: { [ providerHost ]: hostAddress }, caFile: await ensureProviderCa() };
	const settings = ( { user, password }: Account ) =>
		( {
			...{ smtpServer: provider.host, smtpPort: provider.port, userName: user, sendingDomain: 'example.org' },
			password: { use: 'typed', value: password },
		} ) as const;
	return {
		provider,
		ask,
		start: ( name ) => startServer( { name, kind: 'debian12' }, own ),
		reset: ( name ) => resetServer( { name, kind: 'debian12' }, own ),
		async setFaults( faults ) {
			const body = JSON.stringify( faults );
			const headers = { 'content-type': 'application/json' };
			const answer = await fetch( `${ provider.inboxUrl }/faults`, { method: 'PUT', headers, body } );
			if ( ! answer.ok ) {
				throw new Error( `The provider did not take ${ body }: ${ answer.status }` );
			}
		},
		async triesOf( user ) {
			const answer = await fetch( `${ provider.inboxUrl }/counts/${ encodeURIComponent( user ) }` );
			return ( await answer.json() ) as Tries;
		},
		connect: ( serverId, server ) =>
			connectServer( ask, serverId, { ...server, shell: ( script ) => shellOn( server, script, { signal } ) } ),
		settings,
		async install( serverId, account ) {
			const from = performance.now();
			const { jobId } = await ask(
				'installGateway',
				{ settings: settings( account ), consents: [] },
				{ serverId }
			);
			// ten times a second: asking all the time would take the processor from what is measured, and from it alone
			const { result } = await succeeded( ask, { serverId, jobId }, { everyMs: 100 } );
			const tookMs = performance.now() - from;
			return { tookMs, alreadyRight: result?.verb === 'install_gateway' && result.alreadyRight };
		},
	};
}
