import { startBackend } from '../backend/start.ts';
import { startPostgres } from '../database/postgres.ts';
import type { Ask } from '../wordpress/rest.ts';
import { pairDirectly } from './direct.ts';
import { inTurn, quantile, spread, type BenchContext, type Measured } from './figures.ts';
import { ended } from './jobs.ts';
import { startSite } from './site.ts';

/** A port of loopback on which nobody listens: the job that is queued ends at once, and says why. */
const connection = { host: '127.0.0.1', sshPort: 1, signIn: { kind: 'managed_key' } } as const;

/** How long a click takes until its job is recorded and queued: straight at the backend, and through WordPress. */
export async function api( context: BenchContext ): Promise< Measured > {
	const { serverId, throughWordPress } = await startSite( context );
	// both run already: this only tells where they are
	const databaseUrl = await startPostgres( context );
	const direct = await pairDirectly( await startBackend( { databaseUrl, signal: context.signal } ) );
	return throughWordPress( async ( wordpress ) => {
		// makes the key that this server lets in
		await Promise.all( [ direct, wordpress ].map( ( ask ) => ask( 'readServer', {}, { serverId } ) ) );
		const sides = [
			{ name: 'direct', ask: direct, timesMs: [] as number[] },
			{ name: 'through WordPress', ask: wordpress, timesMs: [] as number[] },
		];
		for ( const { side, round } of inTurn( sides, context.count( 300 ) + 1 ) ) {
			const tookMs = await enqueue( side.ask, serverId );
			if ( round > 0 ) {
				side.timesMs.push( tookMs );
			}
		}
		const [ alone, through ] = sides.map( ( { timesMs } ) => timesMs ) as [ number[], number[] ];
		const figures = ( timesMs: number[] ) => ( { ...spread( 'enqueue', timesMs, [ 50, 99 ] ), errors: 0 } );
		return {
			sides: { direct: figures( alone ), 'through WordPress': figures( through ) },
			ratios: {
				'p50, through WordPress / direct': { value: quantile( through, 0.5 ) / quantile( alone, 0.5 ) },
				'p99, through WordPress / direct': { value: quantile( through, 0.99 ) / quantile( alone, 0.99 ) },
			},
		};
	} );
}

/** @return milliseconds until the answer 202; the job is followed to its end, so that the next click finds none */
async function enqueue( ask: Ask, serverId: number ): Promise< number > {
	const from = performance.now();
	const { jobId } = await ask( 'saveConnection', { connection }, { serverId } );
	const tookMs = performance.now() - from;
	// no more often than the limit of one person allows, on a machine however fast
	const { error } = await ended( ask, { serverId, jobId }, { everyMs: 250 } );
	if ( error?.code !== 'server_unreachable' ) {
		throw new Error( `The job did not reach a worker: ${ JSON.stringify( error ) }` );
	}
	return tookMs;
}
