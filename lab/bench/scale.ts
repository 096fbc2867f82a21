import { startFleet, stopFleet } from '../fleet/start.ts';
import { startProvider } from '../provider/start.ts';
import { startCluster } from './cluster.ts';
import type { BenchContext, Figures, Measured } from './figures.ts';
import { fleetSteps, inParallel, type Step } from './fleet-steps.ts';
import { ended } from './jobs.ts';
import type { Ask } from '../wordpress/rest.ts';

/** What a server may cost more in a fleet four times as large. */
const mostGrowth = 1.25;

/**
 * A whole fleet through the API: two web and three worker processes on PostgreSQL, simulated servers, one provider.
 * Each step is done for a quarter of the servers first, then for the rest: what a server costs must stay the same.
 */
export async function scale( context: BenchContext ): Promise< Measured > {
	const { signal, log } = context;
	const servers = await startFleet( context.count( 1000 ), signal );
	const provider = await startProvider( {} );
	const cluster = await startCluster( context );
	try {
		const quarter = Math.floor( servers.length / 4 );
		const ids = servers.map( ( _server, index ) => index + 1 );
		const parts = [ ids.slice( 0, quarter ), ids.slice( quarter ) ];
		const idleMiB = await cluster.memoryMiB();
		const sides: Measured[ 'sides' ] = {};
		const ratios: Measured[ 'ratios' ] = {};
		for ( const step of await fleetSteps( servers, provider ) ) {
			const costs: Figures[] = [];
			for ( const part of parts ) {
				const cpuBefore = await cluster.cpuMs();
				const from = performance.now();
				await doStep( cluster.ask, step, part );
				const ms = ( performance.now() - from ) / part.length;
				costs.push( { ms, cpuMs: ( ( await cluster.cpuMs() ) - cpuBefore ) / part.length } );
				log( `${ step.name }: ${ part.length } servers, ${ ms.toFixed( 0 ) } ms each` );
			}
			const [ first, rest ] = costs as [ Figures, Figures ];
			sides[ step.name ] = {
				quarterMsPerServer: first.ms as number,
				restMsPerServer: rest.ms as number,
				restCpuMsPerServer: rest.cpuMs as number,
				errors: 0,
			};
			ratios[ `${ step.name }: time a server, rest / first quarter` ] = {
				value: ( rest.ms as number ) / ( first.ms as number ),
				goal: { atMost: mostGrowth },
			};
		}
		const peakMiB = await cluster.memoryMiB();
		sides[ `all steps, ${ servers.length } servers` ] = {
			idleMiB,
			peakMiB,
			memoryKiBPerServer: ( ( peakMiB - idleMiB ) * 1024 ) / servers.length,
			databaseKiBPerServer: ( await cluster.databaseKiB() ) / servers.length,
			errors: cluster.retries(),
		};
		return { sides, ratios };
	} finally {
		await cluster.stop();
		await stopFleet();
	}
}

/** All clicks first, as many at once as a busy site has; then all ends. */
async function doStep( ask: Ask, { click, check }: Step, serverIds: readonly number[] ): Promise< void > {
	const asked: { serverId: number; jobId: string }[] = [];
	await inParallel( serverIds, async ( serverId ) => {
		asked.push( { serverId, ...( await click( ask, serverId ) ) } );
	} );
	await inParallel( asked, async ( ids ) => {
		const job = await ended( ask, ids, { everyMs: 500 } );
		if ( ! check( job ) ) {
			throw new Error(
				`${ job.verb } of server ${ ids.serverId }: ${ JSON.stringify( job.error ?? job.result ) }`
			);
		}
	} );
}
