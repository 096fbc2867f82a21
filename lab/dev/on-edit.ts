import { watch } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { checkoutPath } from '../system/paths.ts';
import type { Log } from '../system/run.ts';

/** What a program is made of: no tests, and nothing that an editor keeps beside a file. */
const matters = ( name: string ) => /(^|\/)[^.][^/]*\.(ts|sh|pl|json)$/.test( name ) && ! name.endsWith( '.test.ts' );
/** An editor writes a file in several steps, and a person several files at once. */
const pauseMs = 50;

/**
 * Acts after each edit below the folders, until the signal. An edit while it acts aborts that and begins again. Errors
 * are logged, and the next edit is waited for.
 *
 * @param folders in the checkout, or absolute
 * @return waits for the last act, which the signal aborts
 */
export function onEdit(
	folders: string[],
	{
		act,
		done,
		log,
		signal,
	}: {
		act: ( attempt: AbortSignal ) => Promise< void >;
		/** What is true afterwards, for the log. */
		done: string;
		log: Log;
		signal: AbortSignal;
	}
): () => Promise< void > {
	let attempt = new AbortController();
	let acting = Promise.resolve();
	const edited = ( name: string ) => {
		attempt.abort();
		attempt = new AbortController();
		const own = AbortSignal.any( [ attempt.signal, signal ] );
		acting = acting.then( async () => {
			const startedAt = performance.now();
			try {
				await sleep( pauseMs, undefined, { signal: own } );
				await act( own );
				log( `${ done } with ${ name } (${ ( ( performance.now() - startedAt ) / 1_000 ).toFixed( 1 ) } s).` );
			} catch ( error ) {
				if ( ! own.aborted ) {
					log( ( error as Error ).message );
				}
			}
		} );
	};
	for ( const folder of folders ) {
		watch( join( folder.startsWith( '/' ) ? '' : checkoutPath, folder ), { recursive: true, signal } )
			.on( 'change', ( _event, name ) => matters( `${ name }` ) && edited( `${ name }` ) )
			.on( 'error', ( error ) => signal.aborted || log( `Edits are no longer seen: ${ error.message }` ) );
	}
	return () => acting;
}
