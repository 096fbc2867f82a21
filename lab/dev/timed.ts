import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { checkoutPath } from '../system/paths.ts';
import { whileEdited } from './while-edited.ts';

/** An edit, and how to see that it is where a person meets it. */
export interface Edit {
	/** For a person, such as "a screen, until the page loads it". */
	what: string;
	/** Path in the checkout. */
	file: string;
	/** The file's text with a mark in it that no other edit has. */
	edit( text: string, mark: string ): string;
	/** Looks at how things are before the edit; what it returns waits until the mark has arrived. */
	prepare(): Promise< ( mark: string ) => Promise< void > >;
}

/** After a file was put back, until all is quiet again. */
const quietMs = 4_000;

/** Makes the edit that many times, each time on the file as it was. Seconds until it had arrived. */
export async function timed( { file, edit, prepare }: Edit, rounds: number, signal: AbortSignal ): Promise< number[] > {
	const seconds: number[] = [];
	for ( let round = 0; round < rounds; round++ ) {
		await sleep( quietMs, undefined, { signal } );
		const mark = `edited-${ Date.now() }`;
		const arrived = await prepare();
		const change = ( text: string ) => edit( text, mark );
		const took = await whileEdited( join( checkoutPath, file ), change, async () => {
			const from = performance.now();
			await arrived( mark );
			return performance.now() - from;
		} );
		seconds.push( took / 1_000 );
	}
	return seconds;
}
