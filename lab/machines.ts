import { startProvider, ensureProviderCa, providerHost } from './provider/start.ts';
import type { LabProvider } from './state.ts';
import { ensureServerNetwork, startServer, type Server } from './servers/server.ts';
import type { ServerKind } from './servers/kinds.ts';
import { canInstallSystemPackages } from './system/packages.ts';
import type { Log } from './system/run.ts';

export interface Machines {
	provider: LabProvider;
	servers: Server[];
	/** Why there are no servers, where there are none. */
	withoutServers?: string;
}

/** Starts the mail provider and one real server for each kind; without root on Debian the provider alone. */
export async function startMachines(
	kinds: ServerKind[],
	context: { log: Log; signal: AbortSignal }
): Promise< Machines > {
	const withoutServers = whyNoServers();
	if ( withoutServers !== undefined ) {
		return { provider: await startProvider( {} ), servers: [], withoutServers };
	}
	const { hostAddress } = await ensureServerNetwork( context );
	const provider = await startProvider( { hostAddress } );
	const own = { ...context, hosts: { [ providerHost ]: hostAddress }, caFile: await ensureProviderCa() };
	const servers: Server[] = [];
	// One after the other: two of a kind share the image that the first one makes.
	for ( const wanted of names( kinds ) ) {
		context.log( `Starting ${ wanted.name } …` );
		servers.push( await startServer( wanted, own ) );
	}
	return { provider, servers };
}

/** The kind is part of the name, for a server's data cannot become another system. */
function names( kinds: ServerKind[] ): { name: string; kind: ServerKind }[] {
	return kinds.map( ( kind, index ) => ( { name: `web${ index + 1 }-${ kind }`, kind } ) );
}

/** Why there can be no real servers here; undefined where they can be. */
export function whyNoServers(): string | undefined {
	if ( process.platform !== 'linux' ) {
		return 'real servers need Linux namespaces, and this is another system.';
	}
	return canInstallSystemPackages()
		? undefined
		: 'real servers need root on Debian (network namespaces, debootstrap).';
}
