import type { Log } from '../system/run.ts';
import type { Fault } from './fault.ts';
import type { Row } from './table.ts';
import { makeWorld } from './world.ts';

/** Lets the faults happen, one after the other, and tells how each ended; one that was not survived stops nothing. */
export async function runFaults(
	chosen: Iterable< Fault > | AsyncIterable< Fault >,
	{ log, signal, onRow }: { log: Log; signal: AbortSignal; onRow?: ( row: Row ) => void }
): Promise< Row[] > {
	const rows: Row[] = [];
	const world = makeWorld( { log, signal } );
	try {
		for await ( const { name, goesWrong, run } of chosen ) {
			signal.throwIfAborted();
			log( `${ name }: ${ goesWrong } …` );
			const startedAt = Date.now();
			// an interruption does not wait for what a job on a server still does
			const [ survived, happened ] = await Promise.race( [ run( world ), aborted( signal ) ] ).then(
				( text ) => [ true, text ] as const,
				( error: unknown ) => [ false, ( error as Error ).message ] as const
			);
			signal.throwIfAborted();
			const seconds = Math.round( ( Date.now() - startedAt ) / 1000 );
			log( `${ survived ? 'survived' : 'NOT SURVIVED' } in ${ seconds } s: ${ happened }` );
			const row = { name, goesWrong, happened, survived, seconds };
			rows.push( row );
			onRow?.( row );
		}
	} finally {
		await world.end();
	}
	return rows;
}

function aborted( signal: AbortSignal ): Promise< never > {
	return new Promise( ( _resolve, reject ) => {
		signal.addEventListener( 'abort', () => reject( signal.reason ), { once: true } );
	} );
}
