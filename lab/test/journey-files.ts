import { globSync } from 'node:fs';
import { basename } from 'node:path';
import { checkoutPath } from '../system/paths.ts';

/** Long ways through parts that shorter tests cover as well: `npm test` leaves them out, so that it ends in time. */
const onlyWhole = [ 'queue', 'sites' ];

/** What the summary says beside the counts where they were left out, as “without 2 of the journeys, …”. */
export const leftOutNote = `without ${ onlyWhole.length } of the journeys, to end in time; all: npm test -- --only journeys --whole`;

/**
 * The journeys that are played; with `whole` all of them.
 *
 * @return paths relative to the checkout, in their order
 */
export function journeyFiles( { whole }: { whole: boolean } ): string[] {
	return globSync( 'lab/journeys/*.test.ts', { cwd: checkoutPath } )
		.filter( ( file ) => whole || ! onlyWhole.includes( basename( file, '.test.ts' ) ) )
		.sort();
}
