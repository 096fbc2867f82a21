import type { Received } from '../alerts/received.ts';
import { startAlerts } from '../alerts/start.ts';
import { ensureProviderCa, providerHost, startProvider, type Provider } from '../provider/start.ts';
import type { Faults } from '../provider/faults.ts';
import type { ServerKind } from '../servers/kinds.ts';
import { ensureServerNetwork, resetServer, type Server, type ServerContext } from '../servers/server.ts';
import { stopProcess } from '../system/processes.ts';
import type { Log } from '../system/run.ts';
import { startBackend, type Backend } from '../torture/backends.ts';
import { gatewayOn } from '../torture/gateway.ts';
import { mustSucceed } from '../torture/patient.ts';
import { controlProvider } from '../torture/provider-control.ts';
import type { Place } from './fault.ts';
import { makePlace } from './place.ts';
import { watchStates, type States } from './states.ts';
import { subscribe } from './subscribe.ts';
import { toldIn, type Told } from './told.ts';

/** One server of the fleet, with a gateway that works. */
export interface Member {
	server: Server;
	serverId: number;
	place: Place;
}

export interface IncidentWorld {
	log: Log;
	signal: AbortSignal;
	states: States;
	/** A new server with a gateway and an account of its own at the provider. */
	join( kind: ServerKind ): Promise< Member >;
	/** Everything that was told so far, oldest first. */
	told(): Promise< Told[] >;
	end(): Promise< void >;
}

/** More would be refused by the limit of calls of one person, and start no faster. */
const joinsAtOnce = 4;

/** Lets so many things be done at once; the others wait for their turn. */
function makeTurns( most: number ) {
	const waiting: ( () => void )[] = [];
	let running = 0;
	return async < T >( act: () => Promise< T > ): Promise< T > => {
		if ( running >= most ) {
			await new Promise< void >( ( resolve ) => void waiting.push( resolve ) );
		}
		running++;
		try {
			return await act();
		} finally {
			running--;
			waiting.shift()?.();
		}
	};
}

/** One backend, one provider, one receiver of alerts, whose webhook the backend knows. */
export async function makeIncidentWorld( context: { log: Log; signal: AbortSignal } ): Promise< IncidentWorld > {
	const { log, signal } = context;
	const { hostAddress } = await ensureServerNetwork( context );
	const own = { ...context, hosts: { [ providerHost ]: hostAddress }, caFile: await ensureProviderCa() };
	const provider = await startProvider( { hostAddress } );
	await controlProvider( provider ).heal();
	const alerts = await startAlerts( { onNetwork: true } );
	await fetch( alerts.url, { method: 'DELETE' } );
	const backend = await startBackend();
	await subscribe( backend.site, alerts );
	const states = watchStates( backend.site );
	const setAccount = accountFaults( provider );
	let serverId = 0;
	const turns = makeTurns( joinsAtOnce );
	return {
		log,
		signal,
		states,
		join: ( kind ) =>
			turns( () => join( { kind, serverId: ++serverId, own, provider, backend, setAccount, states } ) ),
		told: async () => toldIn( ( await ( await fetch( alerts.url ) ).json() ) as Received[] ),
		async end() {
			states.stop();
			await stopProcess( 'backend-both' );
		},
	};
}

type AtAccount = NonNullable< Faults[ 'atAccount' ] >;

/** The provider takes all faults at once: what it does to each account is kept here. */
function accountFaults( provider: Provider ) {
	const now: AtAccount = {};
	return async ( user: string, faults: AtAccount[ string ] | null ) => {
		delete now[ user ];
		if ( faults !== null ) {
			now[ user ] = faults;
		}
		await controlProvider( provider ).fail( { atAccount: now } );
	};
}

async function join( parts: {
	kind: ServerKind;
	serverId: number;
	own: ServerContext;
	provider: Provider;
	backend: Backend;
	setAccount: ReturnType< typeof accountFaults >;
	states: States;
} ): Promise< Member > {
	const { kind, serverId, own, provider, backend, setAccount, states } = parts;
	const name = `incidents-${ serverId }-${ kind }`;
	own.log( `Installing on ${ name } …` );
	// a name of its own, or what one provider does to two servers would be one trouble
	const host = providerHost.replace( /^[^.]*/, `s${ serverId }` );
	const hosts = { ...own.hosts, [ host ]: Object.values( own.hosts )[ 0 ] ?? '' };
	const server = await resetServer( { name, kind }, { ...own, hosts } );
	const account = { ...provider, host, user: `server-${ serverId }@example.test` };
	const password = await controlProvider( account ).newPassword();
	const gateway = gatewayOn( server, { backend, serverId, provider: account } );
	await gateway.connect();
	mustSucceed( await gateway.ended( await gateway.beginInstall( { password } ) ), 'The install' );
	states.add( serverId );
	return {
		server,
		serverId,
		place: makePlace( server, {
			...{ gateway, backend, serverId, own, signal: own.signal ?? new AbortController().signal },
			atAccount: ( faults ) => setAccount( account.user, faults ),
			changePassword: ( how ) =>
				controlProvider( account ).setPassword( how === 'installed' ? password : 'another password' ),
		} ),
	};
}
