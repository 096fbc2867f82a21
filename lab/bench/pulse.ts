import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { SimulatedServer } from '../fleet/simulated-server.ts';
import { hangOrAnswer, letMailWait, programsRun, startFleet, stopFleet } from '../fleet/start.ts';
import { whyNoServers } from '../machines.ts';
import { startProvider } from '../provider/start.ts';
import { labPath } from '../system/paths.ts';
import { startCluster, type Cluster } from './cluster.ts';
import { fleetSteps, inParallel } from './fleet-steps.ts';
import { quantile, type BenchContext, type Figures, type Measured } from './figures.ts';
import { ended } from './jobs.ts';
import type { Kept } from './kept.ts';
import { keptByOpenSsh } from './kept-openssh.ts';
import { keptOnRealServer } from './kept-real.ts';

/** Servers whose connections are kept, and looks over each. */
const keptServers = 100;
const rounds = 10;

/**
 * The pulse of a fleet: two web and three worker processes on PostgreSQL, and simulated servers on which mail waits, so that
 * each is looked at each minute. How old is what is known of them, what does a look cost, and what where a tenth of them
 * hangs? Beside it the same look over connections that are kept, ours and OpenSSH's.
 */
export async function pulse( context: BenchContext ): Promise< Measured > {
	const { signal, log } = context;
	const real = whyNoServers() === undefined ? await onRealServer( context ) : {};
	const servers = await startFleet( context.count( 1000 ), signal );
	try {
		const kept = await keptByUs( servers.slice( 0, keptServers ), signal );
		const openssh = await keptByOpenSsh( servers.slice( 0, keptServers ), rounds, signal );
		const cluster = await startCluster( context );
		try {
			await installAll( context, cluster, servers );
			await letMailWait();
			// also a short form sees each server looked at, and those that hang given up
			const half = Math.max( 90, context.count( 300 ) ) * 1000;
			log( 'Waiting until each server is looked at each minute …' );
			await settled( cluster, servers.length, signal );
			const healthy = await measure( context, cluster, half );
			await hangOrAnswer();
			const hanging = await measure( context, cluster, half );
			return {
				sides: {
					[ `pulse of ${ servers.length } servers` ]: healthy,
					'the same, a tenth hangs': hanging,
					'a look over a kept connection, ours': {
						...kept,
						errors: kept.looks === keptLooks( servers ) ? 0 : 1,
					},
					'a look over a kept connection, OpenSSH': {
						...openssh,
						errors: openssh.looks === keptLooks( servers ) ? 0 : 1,
					},
					...real,
				},
				ratios: {
					'age of the state, p95, s': { value: healthy.ageP95S ?? Infinity, goal: { atMost: 75 } },
					'age of the state where a tenth hangs, p95 of the others, s': {
						value: hanging.ageP95S ?? Infinity,
						goal: { atMost: 75 },
					},
					'processor time a look over a kept connection, ms': { value: kept.cpuMsALook, goal: { atMost: 4 } },
					'the same over a new connection, ms': { value: kept.newCpuMsALook },
					'the same, ours / OpenSSH': { value: kept.cpuMsALook / openssh.cpuMsALook },
				},
			};
		} finally {
			await cluster.stop();
		}
	} finally {
		await stopFleet();
	}
}

async function onRealServer( context: BenchContext ): Promise< Measured[ 'sides' ] > {
	const { kept, fresh } = await keptOnRealServer( context );
	return {
		'a real server, over a kept connection': { ...kept, errors: 0 },
		'a real server, over new connections': { ...fresh, errors: 0 },
	};
}

const keptLooks = ( servers: readonly SimulatedServer[] ) => Math.min( keptServers, servers.length ) * rounds;

async function keptByUs( servers: readonly SimulatedServer[], signal: AbortSignal ): Promise< Kept > {
	const file = join( labPath, 'kept.json' );
	await writeFile( file, JSON.stringify( servers ) );
	const child = fork( join( import.meta.dirname, 'kept.ts' ), [ file, `${ rounds }` ], {
		execArgv: [ '--expose-gc' ],
		signal,
	} );
	return ( ( await once( child, 'message', { signal } ) ) as [ Kept ] )[ 0 ];
}

async function installAll(
	{ log }: BenchContext,
	{ ask }: Cluster,
	servers: readonly SimulatedServer[]
): Promise< void > {
	const ids = servers.map( ( _server, index ) => index + 1 );
	for ( const { name, click, check } of await fleetSteps( servers, await startProvider( {} ) ) ) {
		if ( name === 'look and plan' || name === 'new credential' ) {
			continue;
		}
		log( `${ name } …` );
		await inParallel( ids, async ( serverId ) => {
			const job = await ended( ask, { serverId, ...( await click( ask, serverId ) ) }, { everyMs: 500 } );
			if ( ! check( job ) ) {
				throw new Error( `${ name } of server ${ serverId }: ${ JSON.stringify( job.error ?? job.result ) }` );
			}
		} );
	}
}

/** In each something was seen that wants a look a minute: before, some are due five minutes later. */
async function settled( cluster: Cluster, count: number, signal: AbortSignal ): Promise< void > {
	for ( const giveUpAt = Date.now() + 420_000; ;  ) {
		const [ followed = '0' ] = await cluster.query(
			`select count(*) from watches where state not in ('right', 'unreachable')`
		);
		if ( Number( followed ) === count ) {
			return;
		}
		if ( Date.now() > giveUpAt ) {
			throw new Error( `${ followed } of ${ count } servers are looked at each minute after seven.` );
		}
		await pause( 2000, undefined, { signal } );
	}
}

/** Ages of what is known, of the servers that can be reached, looked at every five seconds. */
async function measure(
	{ log, signal }: BenchContext,
	cluster: Cluster,
	forMs: number
): Promise< Figures & { errors: number } > {
	const ages: number[] = [];
	const [ cpuBefore, looksBefore, startedAt ] = [ await cluster.cpuMs(), programsRun(), Date.now() ];
	while ( Date.now() < startedAt + forMs ) {
		await pause( 5000, undefined, { signal } );
		const rows = await cluster.query(
			`select extract( epoch from now() - looked_at ) from watches where state <> 'unreachable'`
		);
		ages.push( ...rows.map( Number ) );
	}
	const looks = programsRun() - looksBefore;
	if ( looks === 0 ) {
		throw new Error( 'No server was looked at.' );
	}
	const seconds = ( Date.now() - startedAt ) / 1000;
	const [ unreachable = '0' ] = await cluster.query( `select count(*) from watches where state = 'unreachable'` );
	log( `${ looks } looks in ${ seconds.toFixed( 0 ) } s, ${ unreachable } servers unreachable` );
	return {
		ageP50S: quantile( ages, 0.5 ),
		ageP95S: quantile( ages, 0.95 ),
		ageMaxS: quantile( ages, 1 ),
		looksASecond: looks / seconds,
		cpuMsALook: ( ( await cluster.cpuMs() ) - cpuBefore ) / looks,
		memoryMiB: await cluster.memoryMiB(),
		unreachable: Number( unreachable ),
		errors: 0,
	};
}
