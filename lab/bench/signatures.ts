import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { makeSiteClient, type SiteClient } from '../../backend/test-fixtures/site-client.ts';
import { startBackend } from '../backend/start.ts';
import { startPostgres } from '../database/postgres.ts';
import { quantile, spread, type BenchContext, type Measured } from './figures.ts';
import type { Flood, Flooded } from './flood.ts';

const aSecond = 1000;

/** What a flood of forged signatures does to the requests of a paired site: quiet, and with a thousand a second. */
export async function signatures( context: BenchContext ): Promise< Measured > {
	const databaseUrl = await startPostgres( context );
	const backend = await startBackend( { databaseUrl, signal: context.signal } );
	const site = makeSiteClient( backend.url );
	const { body } = await site.pair( await backend.pairingCode() );
	await ask( site, 2 );
	const seconds = context.count( 10 );
	const quietMs = await ask( site, seconds );
	const flooded = flood( { url: backend.url, keyId: body.keyId, aSecond, seconds } );
	const floodedMs = await ask( site, seconds );
	const answers = await flooded;
	const refused = answers[ '401' ] ?? 0;
	if ( refused < aSecond * seconds ) {
		throw new Error( `Not every forged request was refused as such: ${ JSON.stringify( answers ) }` );
	}
	return {
		sides: {
			quiet: { ...spread( 'answer', quietMs ), errors: 0 },
			'1,000 forged a second': { ...spread( 'answer', floodedMs ), refused, errors: 0 },
		},
		ratios: { 'p50, flooded / quiet': { value: quantile( floodedMs, 0.5 ) / quantile( quietMs, 0.5 ) } },
	};
}

/** @return milliseconds of each answer; about twenty a second are asked for. Throws where one was refused. */
async function ask( site: SiteClient, seconds: number ): Promise< number[] > {
	const timesMs: number[] = [];
	for ( const until = performance.now() + seconds * 1000; performance.now() < until; await delay( 40 ) ) {
		const from = performance.now();
		// always somebody else: the limit is for one person
		const { status } = await site.call( 'readServer', { serverId: 1, actor: { userId: timesMs.length + 1 } } );
		timesMs.push( performance.now() - from );
		if ( status !== 200 ) {
			throw new Error( `A good request was answered with ${ status }.` );
		}
	}
	return timesMs;
}

/** A thread of its own, so that the flood does not slow the measuring down. */
function flood( workerData: Flood ): Promise< Flooded > {
	const worker = new Worker( new URL( './flood.ts', import.meta.url ), { workerData } );
	return new Promise( ( resolve, reject ) => worker.once( 'message', resolve ).once( 'error', reject ) );
}
