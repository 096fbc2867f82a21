import { startPostgres } from '../database/postgres.ts';
import { ensureProviderCa, providerHost, startProvider } from '../provider/start.ts';
import type { ServerKind } from '../servers/kinds.ts';
import { ensureServerNetwork, killServer, resetServer, startServer } from '../servers/server.ts';
import { stopProcess } from '../system/processes.ts';
import type { Log } from '../system/run.ts';
import { startBackend, type Backend } from './backends.ts';
import { gatewayOn } from './gateway.ts';
import { controlProvider } from './provider-control.ts';
import { patientOn, type Patient } from './patient.ts';

/** What the faults happen to: real servers, a real provider, real backends. Parts are started when first asked for. */
export interface World {
	log: Log;
	signal: AbortSignal;
	/** A server as new, known to the backend, without a gateway. */
	freshServer( options?: { kind?: ServerKind; backend?: Backend; withoutSystemd?: boolean } ): Promise< Patient >;
	/** One process, embedded database. */
	embedded(): Promise< Backend >;
	/** One process that answers and one that works, over a PostgreSQL; the second is the one that is killed. */
	distributed(): Promise< Backend >;
	postgres(): Promise< string >;
	end(): Promise< void >;
}

export function makeWorld( { log, signal }: { log: Log; signal: AbortSignal } ): World {
	const ground = once( async () => {
		const { hostAddress } = await ensureServerNetwork( { log, signal } );
		const own = { log, signal, hosts: { [ providerHost ]: hostAddress }, caFile: await ensureProviderCa() };
		const started = await startProvider( { hostAddress } );
		return { own, started, provider: controlProvider( started ) };
	} );
	const postgres = once( () => startPostgres( { log, signal } ) );
	const embedded = once( () => startBackend() );
	const distributed = once( async () => startBackend( { databaseUrl: await postgres() } ) );
	let serverId = 0;
	return {
		log,
		signal,
		embedded,
		distributed,
		postgres,
		async freshServer( { kind = 'debian12', backend, withoutSystemd = false } = {} ) {
			const { own, started, provider } = await ground();
			await provider.heal();
			const wanted = { name: `torture-${ kind }`, kind, withoutSystemd };
			const server = await resetServer( wanted, own );
			const asked = backend ?? ( await embedded() );
			serverId++;
			const gateway = gatewayOn( server, { backend: asked, serverId, provider: started } );
			await gateway.connect();
			const restart = async () => {
				await killServer( server.name );
				await startServer( wanted, own );
			};
			return patientOn( server, { gateway, backend: asked, provider, restart } );
		},
		async end() {
			for ( const name of [ 'backend-both', 'backend-web', 'backend-worker', 'postgres' ] ) {
				await stopProcess( name );
			}
		},
	};
}

/** What failed is made again when it is next asked for: one slow start must not fail every fault after it. */
function once< Value >( make: () => Promise< Value > ): () => Promise< Value > {
	let made: Promise< Value > | undefined;
	return () =>
		( made ??= make().catch( ( error: unknown ) => {
			made = undefined;
			throw error;
		} ) );
}
